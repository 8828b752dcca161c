/** S9, S10 and S11: quick work and slow work. Exercise 05. */
import type { ServerScenario } from "../../model/scenario.ts";
import { genres, order, readAt, rest, unknownGenre } from "./jobs.ts";

export const s9: ServerScenario = {
  name: "S9",
  side: "server",
  about: "quick work, one alone and three at once",
  lastsMs: () => 4_200,
  async play(bench) {
    const [a = "", b = "", c = "", d = ""] = genres(bench);
    await order(bench, "A", { genre: a, kind: "summary" });
    await bench.wait(3_000);
    await Promise.all([b, c, d].map((genre, i) => order(bench, `B${i + 1}`, { genre, kind: "summary" })));
  },
};

export const s10: ServerScenario = {
  name: "S10",
  side: "server",
  about: "quick work that fails",
  lastsMs: () => 600,
  async play(bench) {
    await order(bench, "X", { genre: unknownGenre(bench), kind: "summary" });
  },
};

export const s11: ServerScenario = {
  name: "S11",
  side: "server",
  about: "slow work that goes over into the background",
  lastsMs: () => 12_200,
  async play(bench) {
    const [genre = ""] = genres(bench);
    const job = await order(bench, "A", { genre });
    for (const atMs of [6_600, 8_000, 12_000]) await readAt(bench, job, atMs);
    await rest(bench, [job]);
  },
};
