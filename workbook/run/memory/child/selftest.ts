/** A test of the clock, by itself: internals of Node may move, and then nothing must be graded by guesswork. */
import { setTimeout as sleep } from "node:timers/promises";
import { machine } from "./machine.ts";

const waits: Readonly<Record<string, () => Promise<unknown>>> = {
  setTimeout: () => new Promise((resolve) => setTimeout(resolve, 3000)),
  "timers/promises": () => sleep(3000),
  "AbortSignal.timeout": () =>
    new Promise((resolve) => AbortSignal.timeout(3000).addEventListener("abort", resolve, { once: true })),
  setInterval: () =>
    new Promise<void>((resolve) => {
      let ticks = 0;
      const timer = setInterval(() => {
        if (++ticks < 3) return;
        clearInterval(timer);
        resolve();
      }, 1000);
    }),
};

/** @returns "ok", or the first half of a sentence that says what is wrong. */
export async function testWaits(): Promise<string> {
  const { clock } = machine;
  const dry = new Promise<string>((resolve) => clock.start(() => resolve("The clock stands still")));
  try {
    for (const [name, wait] of Object.entries(waits)) {
      const before = [clock.now(), Date.now(), performance.now()];
      const real = clock.realNow();
      const stuck = await Promise.race([wait().then(() => null), dry]);
      if (stuck !== null) return `${stuck} while ${name} waits`;
      const after = [clock.now(), Date.now(), performance.now()];
      const passed = after.map((value, index) => Math.round(value - (before[index] ?? 0)));
      if (passed.some((ms) => ms !== 3000)) return `A wait of 3000 ms by ${name} takes ${passed.join(", ")} ms`;
      if (clock.realNow() - real > 2500) return `A wait by ${name} takes real time`;
    }
    return "ok";
  } finally {
    clock.stop();
  }
}
