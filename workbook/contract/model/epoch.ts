/**
 * Where the virtual clock stands when a scenario begins, ms since 1970: off the whole second, and off midnight in every
 * zone. The clock of a child starts here (run/memory/child/reading.cjs); a test compares the two.
 */
export const epochMs = Date.UTC(2026, 0, 5, 9, 0, 0, 250);

/** How far local time is ahead of UTC in a child, ms: its TZ is Asia/Kathmandu (run/memory/child.ts), so that mix-ups show. */
export const zoneMs = (5 * 60 + 45) * 60_000;
