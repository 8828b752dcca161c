/** S4: jobs side by side. */
import type { ServerScenario } from "../../model/scenario.ts";
import type { Placed } from "./jobs.ts";
import { genres, hasNothingToRead, isChoosing, order, read, rest, wordOf } from "./jobs.ts";

/**
 * When all jobs are read, ms from the start. From the third on they are more than 5 s apart, so that work which a GET
 * starts again is done at the next one. At the last even a single worker is done with all four.
 */
const roundsMs = [1_100, 2_600, 5_700, 11_000, 16_300, 21_600, 26_900];

export const s4: ServerScenario = {
  name: "S4",
  side: "server",
  about: "jobs side by side",
  long: true,
  decidesMost: true,
  lastsMs: () => 6_500,
  async play(bench) {
    const [a = "", b = ""] = genres(bench);
    const startMs = bench.now();
    const orders = [
      order(bench, "A", { genre: a }),
      order(bench, "A2", { genre: a }),
      order(bench, "B", { genre: b, kind: "full" }),
    ];
    if (!isChoosing(bench.world)) orders.push(bench.wait(300).then(() => order(bench, "C", { kind: "summary" })));
    const jobs = (await Promise.all(orders)).toReversed();

    const readAll = async () => {
      let done = true;
      for (const job of jobs) if (!(await isDone(job))) done = false;
      return done;
    };
    const isDone = async (job: Placed) => {
      const answer = await read(bench, job);
      return answer !== null && wordOf(answer) === "completed";
    };
    for (const atMs of hasNothingToRead(bench, jobs) ? [] : roundsMs) {
      if (bench.now() > startMs + atMs) continue;
      await bench.until(startMs + atMs);
      if ((await readAll()) && atMs > 5_000) {
        await bench.wait(400);
        await readAll();
        break;
      }
    }
    await rest(bench, jobs);
  },
};
