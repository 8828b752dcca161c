/** A clock that only moves when you say so: vitest's fake timers, moved on once all promises have settled. */
import { setImmediate } from "node:timers";
import { vi } from "vitest";

// The real one, kept from before the timers are faked.
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** When every script begins, ms since 1970. A whole second. */
export const epochMs = Date.UTC(2026, 10, 25, 14, 0, 0);

/** Calls the function with the clock stopped at `epochMs + offsetMs`, then restores the real clock. */
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

/** Runs all code that waits for no timer. Takes two turns of the event loop: some stream promises need the second. */
export async function drain(): Promise<void> {
  await turn();
  await turn();
}

/** Runs the next timer and what follows from it. @returns false if there is none */
export async function step(): Promise<boolean> {
  await drain();
  if (vi.getTimerCount() === 0) return false;
  vi.advanceTimersToNextTimer();
  await drain();
  return true;
}

/** Moves the clock on by this many ms, timer by timer. */
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
