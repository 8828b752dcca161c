/** Reads the timeline of S8: jobs over several days. */
import { fieldOf, sameJson } from "../../http/json.ts";
import type { Evidence, Outcome } from "../../model/clause.ts";
import { answered, field, seconds } from "../../reading/server-words.ts";
import type { Answer, Job, Reading } from "../../reading/server.ts";
import { absent, endedIn, failOf, jobIn, markOf, objectOf, readingOf, word } from "../../reading/server.ts";
import { finishedMs, postedMs } from "../../scenarios/server/cleaning.ts";

export const minute = 60_000;

export const hour = 60 * minute;

export type Name = keyof typeof finishedMs;

/** A job, and the answer about it at this time, ms from the scenario's start. */
export function readAt(
  reading: Reading,
  name: Name,
  atMs: number,
): { job: Job | undefined; answer: Answer | undefined } {
  const job = jobIn(reading, name);
  return { job, answer: job?.reads.find((one) => Math.abs(one.atMs + postedMs[name] - atMs) < 10_000) };
}

/** "23 h 50 min after it had finished". */
export function after(name: Name, atMs: number): string {
  return atMs >= finishedMs[name]
    ? `${seconds(atMs - finishedMs[name])} after it had finished`
    : `${seconds(atMs - postedMs[name])} after the POST`;
}

/** Fails when a job is not in this state at one of these times (ms from the start), or its result changed. */
export function expectState(evidence: Evidence, reads: readonly (readonly [Name, number])[], state: string): Outcome {
  const reading = readingOf(evidence, "S8");
  const first = new Map<Name, Answer>();
  for (const [name, atMs] of reads) {
    const { job, answer } = readAt(reading, name, atMs);
    const expected = `${state}, ${after(name, atMs)}`;
    if (!answer || endedIn(answer)) {
      const seen = job
        ? `${answered(job.post.exchange)} for ${job.post.exchange.request.body ?? ""}, and no status`
        : "no answer";
      return absent(reading, { is: "fail", expected, seen, mark: markOf("S8", job?.post, "status") });
    }
    const isOk = answer.exchange.response?.status === 200 && !answer.exchange.failure;
    if (!isOk) return failOf("S8", answer, { expected, seen: answered(answer.exchange), on: "status" });
    // A server with one worker is right: L then waits for A. It only must not be forgotten.
    if (name === "L" && word(answer) === "processing") continue;
    if (word(answer) !== state)
      return failOf("S8", answer, { expected, seen: field("status", word(answer) ?? undefined), on: "body" });
    const before = first.get(name);
    const [was, is] = [before, answer].map((one) => one && fieldOf(objectOf(one), "result"));
    if (before && !sameJson(was, is))
      return failOf("S8", answer, { expected: "the same result as before", seen: field("result", is), on: "body" });
    first.set(name, answer);
  }
  return { is: "pass" };
}

export function probes(reading: Reading, name: string): readonly (number | string | boolean | null)[] {
  return (reading.recording?.events ?? []).flatMap((event) =>
    event.is === "probe" && event.name === name ? [event.value] : [],
  );
}
