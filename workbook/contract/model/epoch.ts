/**
 * The virtual clock's time when a scenario begins, ms since 1970. It is not on a whole second, and not near midnight in
 * any zone. The clock in a child starts at the same time; a test compares the two.
 */
export const epochMs = Date.UTC(2026, 0, 5, 9, 0, 0, 250);

/** How far local time is ahead of UTC in a child, ms. Its TZ is Asia/Kathmandu, so that local time taken for UTC shows. */
export const zoneMs = (5 * 60 + 45) * 60_000;
