/** Tests the clock each time a child starts. Node's internals may move, and no verdict is better than a wrong one. */
import { setTimeout as sleep } from "node:timers/promises";
import { machine } from "./machine.ts";

/** Turns of the event loop after which a wait has failed; a working one takes a few. */
const mostTurns = 10_000;

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

/** @returns null if the clock works, else what is wrong with it, in a few words */
export async function testClock(): Promise<string | null> {
  const { clock } = machine;
  let turns = 0;
  const stuck = new Promise<string>((resolve) => {
    clock.start(() => resolve("the clock stands still"));
    clock.onTurn(() => void (++turns > mostTurns && resolve("the clock never arrives")));
  });
  try {
    for (const [name, wait] of Object.entries(waits)) {
      const before = [clock.now(), Date.now(), performance.now()];
      const real = clock.realNow();
      const fault = await Promise.race([wait().then(() => null), stuck]);
      if (fault !== null) return `${fault} while ${name} waits`;
      const after = [clock.now(), Date.now(), performance.now()];
      const passed = after.map((value, index) => Math.round(value - (before[index] ?? 0)));
      if (passed.some((ms) => ms !== 3000)) return `a wait of 3000 ms by ${name} takes ${passed.join(", ")} ms`;
      if (clock.realNow() - real > 2500) return `a wait by ${name} takes real time`;
    }
    return null;
  } finally {
    clock.stop();
  }
}
