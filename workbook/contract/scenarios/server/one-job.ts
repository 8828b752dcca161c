/** S1, S2 and S3: one job that is polled now and then, not polled, and polled all the time. */
import type { Later, ServerScenario } from "../../model/scenario.ts";
import type { ServerBench } from "../../model/bench.ts";
import type { Placed } from "./jobs.ts";
import { cleansUp, follow, genres, idOf, order, read, readAt, readUntilDone, rest, usualPath, wordOf } from "./jobs.ts";

export const s1: ServerScenario = {
  name: "S1",
  side: "server",
  about: "one job, asked about now and then",
  long: true,
  decidesMost: true,
  lastsMs: () => 29_000,
  async play(bench) {
    const [a = "", b = ""] = genres(bench);
    if (bench.world.clock === "real") await rest(bench, [await order(bench, "warm-up", { genre: b }, { aside: true })]);
    const watching = watchThread(bench);
    const job = await order(bench, "A", { genre: a });
    const done = job.post.response !== null && (await readSparsely(bench, job));
    await watching;
    if (!job.post.response) return;
    for (const [label, params] of [
      ["B", { genre: b, kind: "full" }],
      ["C", {}],
    ] as const) {
      await bench.wait(300);
      const next = await order(bench, label, params);
      // Work that starts at the first GET is done at the third.
      if (done) await readUntilDone(bench, next, [5_400, 8_100, 10_900, 20_300, 30_300, 40_300]);
      else await rest(bench, [next]);
    }
    // Later orders must not have changed it.
    if (done && job.url) await follow(bench, "A.again", job.url);
  },
};

async function readSparsely(bench: ServerBench, job: Placed): Promise<boolean> {
  let looked = false;
  for (const atMs of [100, 1_300, 2_700, 4_200]) {
    const answer = await readAt(bench, job, atMs);
    if (!answer || looked) continue;
    looked = true;
    if (idOf(answer) === null || idOf(answer) !== job.id) await lookAtUsualPath(bench, job);
  }
  return readUntilDone(bench, job, [10_500, 20_300, 30_300, 40_300]);
}

/** When Location does not lead to the job: tries the usual path. */
async function lookAtUsualPath(bench: ServerBench, job: Placed): Promise<void> {
  const path = job.id === null ? null : usualPath(job.id);
  if (path === null || !job.url || path === job.url.pathname + job.url.search) return;
  await follow(bench, `${job.label}.usual`, new URL(path, bench.world.origin));
}

/** Records a probe 300 ms from now. It comes late when the thread is blocked. */
async function watchThread(bench: ServerBench): Promise<void> {
  if (bench.world.clock === "real") return;
  await bench.wait(300);
  await bench.probe("timers");
}

export const s2: ServerScenario = {
  name: "S2",
  side: "server",
  about: "one job, not asked about until it must be done",
  lastsMs: () => 12_500,
  async play(bench): Promise<void | Later> {
    const [genre = ""] = genres(bench);
    const job = await order(bench, "A", { genre });
    const first = await readAt(bench, job, 10_200);
    if (!first || !isDone(wordOf(first))) {
      for (const atMs of [20_200, 30_200, 39_800]) {
        const answer = await readAt(bench, job, atMs);
        if (answer && isDone(wordOf(answer))) return;
      }
      return;
    }
    for (const atMs of [10_900, 12_200]) await readAt(bench, job, atMs);
    if (bench.world.clock === "real") {
      return async () => {
        await read(bench, job);
      };
    }
    await readAt(bench, job, 70_200);
    if (!cleansUp(bench.world)) await readAt(bench, job, 3_600_000);
  },
};

function isDone(word: string | null): boolean {
  return word === "completed" || word === "failed";
}

/** 20 GETs while the work runs, none within 100 ms of 1, 2, 2.5 or 5 s. */
const hardMs = [
  100, 350, 600, 850, 1_120, 1_350, 1_600, 1_850, 2_150, 2_350, 2_650, 2_900, 3_100, 3_300, 3_500, 3_750, 4_000, 4_250,
  4_500, 4_800,
];

export const s3: ServerScenario = {
  name: "S3",
  side: "server",
  about: "one job, asked about all the time",
  long: true,
  lastsMs: () => 12_000,
  async play(bench) {
    const [genre = ""] = genres(bench);
    const job = await order(bench, "A", { genre });
    for (const atMs of hardMs) await readAt(bench, job, atMs);
    for (let atMs = 5_120; atMs <= 12_000; atMs += 250) await readAt(bench, job, atMs);
    await rest(bench, [job]);
  },
};
