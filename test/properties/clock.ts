/** A clock that stands still until it is told: vitest's fake timers, moved on only when all promises have had their turn. */
import { setImmediate } from "node:timers";
import { vi } from "vitest";

// Taken before the timers are faked.
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Where every script begins, ms since 1970: a whole second. */
export const epochMs = Date.UTC(2026, 10, 25, 14, 0, 0);

/** Stops the clock at `epochMs + offsetMs`, runs, and gives the real clock back. */
export async function onFakeClock<T>(offsetMs: number, run: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({
    now: epochMs + offsetMs,
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
  });
  try {
    return await run();
  } finally {
    vi.clearAllTimers();
    vi.useRealTimers();
  }
}

/** Lets all code run that waits for no timer. Two turns, since some promises of streams settle in a turn of their own. */
export async function drain(): Promise<void> {
  await turn();
  await turn();
}

/** Runs the next timer and what follows from it. False if there is none. */
export async function step(): Promise<boolean> {
  await drain();
  if (vi.getTimerCount() === 0) return false;
  vi.advanceTimersToNextTimer();
  await drain();
  return true;
}

/** Moves the clock on by so many ms, timer by timer. */
export async function pass(ms: number): Promise<void> {
  const atMs = Date.now() + ms;
  setTimeout(() => {}, ms);
  while (Date.now() < atMs) await step();
  await drain();
}

/** How many timers are set. */
export function pendingTimers(): number {
  return vi.getTimerCount();
}
