import { fieldOf, jsonOf, textsIn } from "../../http/json.ts";
import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { failingGenre, failingJob } from "../../reading/failing.ts";
import { answered, bodyText, field, seconds, shown } from "../../reading/server-words.ts";
import { absent, endedIn, failOf, genreOf, isSuccess, jobIn, objectOf, readingOf, word } from "../../reading/server.ts";
import type { Answer, Fault, Job } from "../../reading/server.ts";

export const chooseFailed: Clause = {
  id: "choose.failed",
  side: "server",
  level: "must",
  sentence: "a failure within the 2 s is told in this answer, a later one by the status resource",
  why:
    "A 202 for what has failed already sends the client away to fetch bad news. " +
    "And a failure that comes later must not get lost because nobody waits for it any more.",
  source: "a convention; RFC 9110, section 15.3.3: a 202 is for processing that is not complete",
  decided:
    "The POST of a summary of a genre that no book has returns within 1.5 s: any status but 202, JSON with the " +
    'genre in some text, and `status: "failed"` if it is a 2xx. A full report returns the same within 2.5 s, or ' +
    '202, and then its status says "failed" by 10.3 s, whatever the HTTP status.',
  hints: [
    "Order a summary of a genre that no book has, then a full report of it.",
    "When the two seconds are over, or the work is, look at the job: processing is 202, all else is told now.",
    'if (job.state.status === "processing") return c.json(envelope(job), 202, …); return c.json(envelope(job));',
  ],
  needs: ["choose.fast", "choose.slow", "fail.survives"],
  mayBeBlockedBy: ["accept.location"],
  yieldsTo: [],
  scenarios: ["S6a", "S10"],
  check(evidence) {
    const reading = readingOf(evidence, "S10");
    const quick = jobIn(reading, "X");
    if (!quick || endedIn(quick.post)) return absent(reading, { is: "pass" });
    const fault = toldFault(quick, 1_500);
    return fault ? failOf("S10", quick.post, fault) : lateFailure(evidence);
  },
};

/** What is wrong with a POST's answer that must report the failure. */
function toldFault(job: Job, limitMs: number): Fault | null {
  const { post } = job;
  const { response } = post.exchange;
  const expected = "the failure, told in this answer";
  if (!response || post.doneMs === null || response.status === 202)
    return { expected, seen: answered(post.exchange), on: "status" };
  if (post.doneMs > limitMs)
    return {
      expected: "the failure, told when the work ends",
      seen: `${answered(post.exchange)} after ${seconds(post.doneMs)}`,
      on: "status",
    };
  const genre = genreOf(job) ?? "";
  const object = objectOf(post);
  const texts = textsIn(object ?? jsonOf(response.body));
  if (!texts.some((text) => text.toLowerCase().includes(genre.toLowerCase()))) {
    return {
      expected: `an answer that names ${shown(genre)}`,
      seen: `${answered(post.exchange)} with ${object ? field("error", fieldOf(object, "error"), 50) : bodyText(response.body)}`,
      on: "body",
    };
  }
  if (!isSuccess(post.exchange) || word(post) === "failed") return null;
  return {
    expected: 'status "failed", where the answer is a 2xx',
    seen: field("status", word(post) ?? undefined),
    on: "body",
  };
}

/** A full report that fails: the POST's answer reports it, or the Location by 10.3 s. */
function lateFailure(evidence: Evidence): Outcome {
  const failing = failingJob(evidence);
  const { reading, job, reportedAtOnce } = failing;
  if (!job || endedIn(job.post)) return absent(reading, { is: "pass" });
  if (reportedAtOnce) {
    const fault = toldFault(job, 2_500);
    return fault ? failOf("S6a", job.post, fault) : { is: "pass" };
  }
  const inTime = job.reads.filter(({ atMs }) => atMs < 10_600);
  if (inTime.some((answer) => word(answer) === "failed")) return { is: "pass" };
  const last: Answer | undefined = inTime.at(-1);
  const seen = last
    ? `${word(last) ?? answered(last.exchange)} at ${seconds(last.atMs)}, for the genre ${shown(failingGenre(failing))}`
    : "no status";
  const outcome = failOf("S6a", last, { expected: 'status "failed" at Location by 10 s', seen, on: "body" });
  return { is: "blocked", blockedBy: "accept.location", otherwise: absent(reading, outcome) };
}
