/** Client scenarios: one POST, the result, the deadline, and where the polls go. */
import type { ClientScenario } from "../../model/scenario.ts";
import { answersPolls, answersPost, completed, failed, processing, scenario, silence, silenceMs } from "./answers.ts";

function follows(name: string, about: string, locate: (origin: string) => string): ClientScenario {
  return scenario(name, about, (bench, job) =>
    bench.run({ params: job.params, script: answersPolls(job, [completed(job)], locate) }),
  );
}

export const basics: readonly ClientScenario[] = [
  // The first scenario shows whether the client can be graded at all, and most clauses rest on this one.
  scenario("C-returns-first-poll", "completed at the first poll", (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPolls(job, [completed(job)]),
      watchMs: silenceMs(bench, 120_000),
    }),
  ),
  scenario("C-immediate", "the POST is answered 200 with the result", (bench, job) =>
    bench.run({ params: job.params, script: answersPost(completed(job)), limitMs: 60_000 }),
  ),
  scenario("C-immediate-failed", "the POST is answered 200 with a failed job", (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPost(failed(job)),
      limitMs: 60_000,
    }),
  ),
  scenario("C-deadline", "timeoutMs 2000, and the POST is never answered", (bench, job) =>
    bench.run({
      params: job.params,
      script: { answer: () => silence },
      options: { timeoutMs: 2_000 },
      limitMs: 60_000,
      watchMs: silenceMs(bench, 60_000),
    }),
  ),
  scenario("C-deadline-polling", "timeoutMs 10000, and the job never ends; Retry-After 3", (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPolls(job, [processing(job, "3")]),
      options: { timeoutMs: 10_000 },
      limitMs: 120_000,
      watchMs: silenceMs(bench, 60_000),
    }),
  ),
  scenario("C-returns", "one processing answer, then completed", (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPolls(job, [processing(job, "2"), completed(job)]),
      watchMs: silenceMs(bench, 120_000),
    }),
  ),
  follows("C-follows-absolute", "Location is an absolute URL", (origin) => `${origin}/jobs/77/state`),
  follows("C-follows-query", "Location is a path with a query", () => "/status?job=a%2Fb&x=1"),
  follows("C-follows-relative", "Location is a relative path", () => "jobs/77"),
];
