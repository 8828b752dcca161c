/** Client scenarios: when the client polls. */
import type { ClientScenario } from "../../model/scenario.ts";
import type { Answer } from "../../model/script.ts";
import { answerMs } from "../script.ts";
import { answersPolls, completed, failed, pastSecondMs, processing, scenario } from "./answers.ts";
import type { Facts, Step } from "./answers.ts";
import type { Job } from "./job.ts";

const thirtyDays = String(30 * 24 * 3600);
const hourMs = 3_600_000;
/** On the real clock: the longest waits that are allowed (30 s to the first poll, then 3 x 15 s or 41 + 5 + 7 s), and 10 s. */
const pacedLimitMs = 100_000;

/** A scenario with these values of Retry-After on processing answers (null: no header), then completed. */
function paced(name: string, about: string, values: readonly (string | null)[], facts?: Facts): ClientScenario {
  return scenario(
    name,
    about,
    (bench, job) =>
      bench.run({
        params: job.params,
        script: answersPolls(job, [...values.map((value) => processing(job, value)), completed(job)]),
        realLimitMs: pacedLimitMs,
      }),
    facts,
  );
}

/** IMF-fixdate, RFC 9110, section 5.6.7. */
function httpDate(epochMs: number): string {
  return new Date(epochMs).toUTCString();
}

/**
 * A processing answer with a date in Retry-After, on a whole second, and a Date header.
 * @param aheadS from the Date header to that date, s; the answer arrives 0.3 s after its Date
 */
function dated(job: Job, aheadS: number): Step {
  return ({ epochMs }) => {
    const early = epochMs + answerMs - pastSecondMs;
    const second = Math.ceil(early / 1000) * 1000;
    return withDate(processing(job, httpDate(second + aheadS * 1_000)), second, second + pastSecondMs - epochMs);
  };
}

/** A processing answer, sent at once, with a date an hour ago. */
function outdated(job: Job): Step {
  return ({ epochMs }) => withDate(processing(job, httpDate(epochMs - hourMs)), epochMs, 0);
}

function withDate(answer: Answer, epochMs: number, delayMs: number): Answer {
  return { ...answer, headers: [...answer.headers, ["date", httpDate(epochMs)]], delayMs };
}

export const waits: readonly ClientScenario[] = [
  paced("C-waits", "Retry-After 7, three times", ["7", "7", "7"], { long: true, lastsMs: () => 25_000 }),
  paced("C-adapts", "Retry-After 2, then 20, then 3", ["2", "20", "3"], { long: true, lastsMs: () => 29_000 }),
  // So far apart that no fixed wait is right for both.
  scenario(
    "C-date-ahead",
    "Retry-After is a date 7 s ahead, then one 17 s ahead",
    (bench, job) =>
      bench.run({
        params: job.params,
        script: answersPolls(job, [dated(job, 7), dated(job, 17), completed(job)]),
        realLimitMs: pacedLimitMs,
      }),
    { lastsMs: () => 29_000 },
  ),
  scenario(
    "C-date-past",
    "Retry-After is a date an hour ago, five times, then 0, three times",
    (bench, job) => {
      const past = outdated(job);
      const zero: Answer = { ...processing(job, "0"), delayMs: 0 };
      const steps = [past, past, past, past, past, zero, zero, zero, completed(job)];
      // Each of the eight waits may be 31 s.
      return bench.run({ params: job.params, script: answersPolls(job, steps), realLimitMs: 270_000 });
    },
    { long: true, lastsMs: () => 12_000 },
  ),
  paced("C-default-missing", "no Retry-After, twice", [null, null]),
  paced("C-default-soon", "Retry-After: soon, twice", ["soon", "soon"]),
  scenario(
    "C-long-wait",
    "Retry-After of 30 days",
    (bench, job) =>
      bench.run({
        params: job.params,
        script: answersPolls(job, [processing(job, thirtyDays), processing(job, thirtyDays), completed(job)]),
        limitMs: 120_000,
        realLimitMs: 95_000,
      }),
    // A right client does not poll; it is watched until no clause allows a longer wait.
    { lastsMs: () => 64_000 },
  ),
  scenario("C-quiet", "timeoutMs 60000, one processing answer, then completed", (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPolls(job, [processing(job, "2"), completed(job)]),
      options: { timeoutMs: 60_000 },
    }),
  ),
  scenario("C-quiet-failed", "timeoutMs 60000, one processing answer, then failed", (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPolls(job, [processing(job, "2"), failed(job)]),
      options: { timeoutMs: 60_000 },
    }),
  ),
];
