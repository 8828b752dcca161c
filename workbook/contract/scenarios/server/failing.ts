/** S6a and S6b: work that fails, alone and beside other jobs. From exercise 04 on. */
import type { ServerScenario } from "../../model/scenario.ts";
import { canFail, genres, order, read, readAt, rest, unknownGenre } from "./jobs.ts";

export const s6a: ServerScenario = {
  name: "S6a",
  side: "server",
  about: "a failing job alone",
  mayEnd: true,
  lastsMs: (world) => (canFail(world) ? 27_500 : 0),
  async play(bench) {
    if (!canFail(bench.world)) return;
    const [genre = ""] = genres(bench);
    const job = await order(bench, "X", { genre: unknownGenre(bench) });
    for (const atMs of [100, 2_700, 5_600, 7_100, 10_300, 20_300]) await readAt(bench, job, atMs);
    await bench.until(job.sentMs + 21_100);
    await rest(bench, [await order(bench, "A", { genre })]);
  },
};

export const s6b: ServerScenario = {
  name: "S6b",
  side: "server",
  about: "a failing summary among valid jobs",
  mayEnd: true,
  lastsMs: (world) => (canFail(world) ? 26_000 : 0),
  async play(bench) {
    if (!canFail(bench.world)) return;
    const [a = "", b = ""] = genres(bench);
    const startMs = bench.now();
    const first = order(bench, "A", { genre: a });
    const failing = bench.wait(150).then(() => order(bench, "X", { genre: unknownGenre(bench), kind: "summary" }));
    const second = bench.wait(300).then(() => order(bench, "B", { genre: b }));
    const jobs = [await first, await second];
    await failing;
    for (const atMs of [1_100, 26_000]) {
      if (bench.now() > startMs + atMs) continue;
      await bench.until(startMs + atMs);
      for (const job of jobs) await read(bench, job);
    }
  },
};
