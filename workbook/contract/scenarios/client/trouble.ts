/** Client scenarios: errors, broken connections, and aborts. */
import type { ClientScenario } from "../../model/scenario.ts";
import type { Answer } from "../../model/script.ts";
import {
  accepted,
  answersPolls,
  answersPost,
  completed,
  failed,
  html,
  problem,
  processing,
  scenario,
  silenceMs,
} from "./answers.ts";
import type { Step } from "./answers.ts";
import type { Job } from "./job.ts";

/** The client orders and polls, and is watched for a minute after it settled. */
function polled(name: string, about: string, steps: (job: Job) => readonly Step[]): ClientScenario {
  return scenario(name, about, (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPolls(job, steps(job)),
      watchMs: silenceMs(bench, 60_000),
    }),
  );
}

/** The POST gets this answer, and there is no status to poll. */
function refused(name: string, about: string, post: (job: Job) => Answer): ClientScenario {
  return scenario(name, about, (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPost(post(job)),
      watchMs: silenceMs(bench, 60_000),
    }),
  );
}

function aborted(
  name: string,
  about: string,
  signal: "given" | "aborted-before",
  steps: (job: Job) => readonly Step[],
) {
  return scenario(name, about, (bench, job) =>
    bench.run({
      params: job.params,
      script: answersPolls(job, steps(job)),
      options: { signal },
      watchMs: silenceMs(bench, 60_000),
    }),
  );
}

const retry3 = ["retry-after", "3"] as const;

export const trouble: readonly ClientScenario[] = [
  polled("C-throws", "processing, then failed", (job) => [processing(job, "2"), failed(job)]),
  refused("C-refused-400", "the POST is answered 400", () => problem(400, "the genre must be a string")),
  refused("C-refused-500", "the POST is answered 500, in HTML", () => html(500, "Internal Server Error")),
  refused("C-no-location", "the 202 has no Location", (job) => accepted(job, null)),
  polled("C-gone-404", "processing, then 404", (job) => [processing(job, "2"), problem(404, "no such report")]),
  polled("C-gone-410", "processing, then 410", (job) => [processing(job, "2"), problem(410, "the report has expired")]),
  polled("C-503", "a poll is answered 503 with Retry-After 3", (job) => [
    processing(job, "3"),
    problem(503, "busy", [retry3]),
    completed(job),
  ]),
  polled("C-429", "a poll is answered 429 without Retry-After", (job) => [
    processing(job, "3"),
    problem(429, "too many requests"),
    completed(job),
  ]),
  polled("C-cut", "a poll is cut off", (job) => [
    processing(job, "3"),
    { ...processing(job, "3"), cut: "before" },
    completed(job),
  ]),
  scenario(
    "C-503-forever",
    "every poll is answered 503; timeoutMs 600000",
    (bench, job) =>
      bench.run({
        params: job.params,
        script: answersPolls(job, [problem(503, "busy", [["retry-after", "10"]])]),
        options: { timeoutMs: 600_000 },
      }),
    { long: true, needsCallOptions: true },
  ),
  polled("C-not-json", "processing, then HTML", (job) => [processing(job, "2"), html(200, "Please sign in")]),
  aborted("C-abort-wait", "aborted 10 s into a wait of 30 s", "given", (job) => [
    { ...processing(job, "30"), abortAfterMs: 10_800 },
    processing(job, "30"),
    completed(job),
  ]),
  // Early enough that a client with a timeout of a few seconds for each request is still waiting.
  aborted("C-abort-poll", "aborted while a poll waits for its answer", "given", (job) => [
    { ...processing(job, "3"), delayMs: 20_000, abortAfterMs: 1_500 },
    completed(job),
  ]),
  aborted("C-abort-before", "aborted before the call", "aborted-before", (job) => [completed(job)]),
];
