/** S8 and S12: what happens to jobs that are done. Exercise 06. */
import type { ServerScenario } from "../../model/scenario.ts";
import type { ServerBench } from "../../model/bench.ts";
import { canFail, genres, order, read, unknownGenre } from "./jobs.ts";

const minute = 60_000;
const hour = 60 * minute;

/** How long the work of each kind takes, ms. */
export const workMs = { full: 5_000, archive: 30 * hour } as const;

/** When the jobs are posted, ms from the start. K is read, A runs long, U is never read, F fails, L comes late. */
export const postedMs = { K: minute, A: 2 * minute, U: 3 * minute, F: 4 * minute, L: 20 * hour } as const;

/** When they have finished, ms from the start. */
export const finishedMs = {
  K: postedMs.K + workMs.full,
  A: postedMs.A + workMs.archive,
  U: postedMs.U + workMs.full,
  F: postedMs.F + workMs.full,
  L: postedMs.L + workMs.full,
} as const;

/**
 * When F is read, ms from the start: once after the time that a worker may take, once at the end of its day. The day
 * counts from the POST, since the work may fail at once.
 */
export const failedMs = { told: finishedMs.F + 6_200, last: postedMs.F + 23 * hour + 50 * minute } as const;

/** When K must be finished, with the time that a worker may take and a second more, ms from the start. */
const idleMs = finishedMs.K + 6_200;

export const s8: ServerScenario = {
  name: "S8",
  side: "server",
  about: "jobs that finish, and are forgotten a day later",
  long: true,
  spansDays: true,
  async play(bench) {
    const [k = "", a = "", u = "", l = ""] = genres(bench);
    await bench.probe("jobs.size");
    await bench.probe("timers");
    await bench.until(postedMs.K);
    const jobK = await order(bench, "K", { genre: k });
    await bench.probe("jobs.size");
    await bench.until(idleMs);
    await bench.probe("timers");
    await bench.until(postedMs.A);
    const jobA = await order(bench, "A", { genre: a, kind: "archive" });
    await bench.until(postedMs.U);
    await order(bench, "U", { genre: u });
    await bench.until(postedMs.F);
    const jobF = canFail(bench.world) ? await order(bench, "F", { genre: unknownGenre(bench) }) : null;

    const readLater = async (job: typeof jobK, atMs: number) => {
      await bench.until(atMs);
      await read(bench, job);
    };
    if (jobF) await readLater(jobF, failedMs.told);
    await readLater(jobK, finishedMs.K + 61 * minute);
    await readLater(jobK, finishedMs.K + 12 * hour);
    await bench.until(postedMs.L);
    const jobL = await order(bench, "L", { genre: l });
    await readLater(jobK, finishedMs.K + 23 * hour + 50 * minute);
    if (jobF) await readLater(jobF, failedMs.last);
    await readLater(jobL, finishedMs.L + 4 * hour);
    await readLater(jobK, finishedMs.K + 25 * hour + minute);
    await readLater(jobA, 25 * hour + 30 * minute);
    await readLater(jobA, 29 * hour + 50 * minute);
    await readLater(jobA, finishedMs.A + 2 * hour);
    await readLater(jobL, finishedMs.L + 25 * hour + minute);
    await readLater(jobA, finishedMs.A + 23 * hour + 50 * minute);
    await bench.until(finishedMs.A + 25 * hour + 2 * minute);
    await bench.probe("jobs.size");
    await bench.probe("timers");
  },
};

/** How many sweeps are measured with 10,000 jobs stored, and again with 100,000. */
export const sweeps = 5;
const expiring = 200;

export const s12: ServerScenario = {
  name: "S12",
  side: "server",
  about: "sweeps with ten thousand and with a hundred thousand jobs stored",
  heavy: true,
  spansDays: true,
  async play(bench) {
    await measure(bench, 0, 10_000);
    await measure(bench, 31 * hour, 100_000);
  },
};

/** Stores small groups of jobs that expire an hour apart, then many that live longer; measures the pause of each sweep. */
async function measure(bench: ServerBench, fromMs: number, stored: number): Promise<void> {
  for (let i = 0; i < sweeps; i++) {
    await bench.until(fromMs + i * hour);
    await fill(bench, expiring);
  }
  await bench.until(fromMs + 6 * hour);
  await fill(bench, stored);
  for (let i = 0; i < sweeps; i++) {
    // This hour begins a minute before group i can expire, so it has the sweep of that group alone.
    await bench.until(fromMs + (24 + i) * hour - minute);
    await bench.pause(hour);
  }
}

function fill(bench: ServerBench, jobs: number): Promise<void> {
  return bench.repeat({ label: "fill", method: "POST", url: "/reports", body: "{}" }, jobs);
}
