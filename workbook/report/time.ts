/** Times in words. All times of one drawing have the same form. */

/** The form for times from 0 to `lastMs`: "8.6 s" to two minutes, "61:00" to two hours, "24h30" beyond. */
export function formFor(lastMs: number): (ms: number) => string {
  if (lastMs <= 120_000) return (ms) => `${(ms / 1000).toFixed(1)} s`;
  if (lastMs <= 7_200_000) return minutes;
  return hours;
}

/** A single duration, in the form for it; "23 ms" below a second. */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : formFor(ms)(ms);
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function hours(ms: number): string {
  const all = Math.round(ms / 60_000);
  return `${Math.floor(all / 60)}h${String(all % 60).padStart(2, "0")}`;
}
