import type { Clause, Outcome } from "../../model/clause.ts";
import { answered, seconds } from "../../reading/server-words.ts";
import { absent, changed, endedIn, failOf, isOver, jobIn, markOf, readingOf, word } from "../../reading/server.ts";
import type { Job } from "../../reading/server.ts";

export const statusSafe: Clause = {
  id: "status.safe",
  side: "server",
  level: "must",
  sentence: "a GET changes nothing about the work: it starts, repeats, hastens and delays none",
  why:
    "Clients, proxies and people ask as often as they like. If asking costs work, " +
    "the most impatient client decides how much your server does.",
  source: "RFC 9110, section 9.2.1 (safe methods)",
  decided:
    "One full report gets 20 GETs in its first 4.8 s, then one every 0.25 s up to 12 s. No response that comes " +
    'before 4.9 s says "completed" or "failed", and each GET sent after 10.1 s does. From the first such response ' +
    "on, HTTP status, `status`, `result` and `error` stay equal.",
  hints: [
    "Poll one job hard, four times a second. When is it done, and is it done once?",
    "The GET handler reads and answers. It starts no work and touches no timer.",
    'app.get("/reports/:id", (c) => c.json(jobs.get(c.req.param("id"))));',
  ],
  needs: ["status.settled"],
  yieldsTo: ["status.processing", "choose.one-job"],
  scenarios: ["S3"],
  check(evidence) {
    const reading = readingOf(evidence, "S3");
    const job = jobIn(reading, "A");
    if (!job || endedIn(job.post) || job.reads.some(endedIn)) return absent(reading, { is: "pass" });
    return hardPolled(job) ?? absent(reading, { is: "pass" });
  },
};

function hardPolled(job: Job): Outcome | null {
  const early = job.reads.find((answer) => isOver(answer) && (answer.doneMs ?? answer.atMs) < 4_900);
  if (early) {
    const seen = `${word(early)} at ${seconds(early.atMs)}, polled four times a second`;
    return failOf("S3", early, { expected: "not done before 5 s, however often it is asked for", seen, on: "body" });
  }
  const late = job.reads.find((answer) => answer.atMs > 10_100 && !isOver(answer));
  if (late) {
    const seen = `${word(late) ?? answered(late.exchange)}, still at ${seconds(late.atMs)}, polled four times a second`;
    return failOf("S3", late, { expected: "done by 10 s, however often it is asked for", seen, on: "body" });
  }
  const first = job.reads.find(isOver);
  for (const answer of first ? job.reads.slice(job.reads.indexOf(first) + 1) : []) {
    const change = first && changed(first, answer);
    if (!first || !change) continue;
    return {
      is: "fail",
      expected: `the same as at ${seconds(first.atMs)}, the work done once`,
      seen: `${change}, at ${seconds(answer.atMs)}`,
      mark: markOf("S3", answer, "body"),
    };
  }
  return null;
}
