/** Work that fails. From exercise 04 on. */
import { failDiscreet } from "./fail-discreet.ts";
import { failIsolated } from "./fail-isolated.ts";
import { failingGenre, failingJob } from "./failing.ts";
import { fieldOf, isAbsent, isText } from "./read.ts";
import {
  absent,
  isStatus,
  endedIn,
  failOf,
  jobIn,
  markOf,
  objectOf,
  playOf,
  readNear,
  recordFault,
  word,
} from "./server-read.ts";
import type { Answer, Fault, Job, Play } from "./server-read.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, cut, field, seconds, shown } from "./words.ts";

const accepted: Clause = {
  id: "fail.accepted",
  side: "server",
  level: "must",
  sentence: "input that will fail in the work is still answered 202",
  why:
    "Accepting can only check what it can see at once. Whether the work comes to a good end is known when it has ended, " +
    "and then the status tells it.",
  source: "RFC 9110, section 15.3.3: the request might or might not eventually be acted upon",
  hints: [
    "Order a genre that no book has. What does the POST answer?",
    "Only the work can look into the warehouse. The handler checks the form of an order, not the catalogue.",
  ],
  needs: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S6a"],
  check(evidence) {
    const { play, job } = failingJob(evidence);
    // A process that died of it is the matter of fail.survives.
    if (!job?.post.exchange.response && play.ended) return { is: "pass" };
    if (!job || job.post.exchange.response?.status === 202) return { is: "pass" };
    const seen = `${answered(job.post.exchange)} for ${job.post.exchange.request.body ?? ""}`;
    const remark = "Refusing early is better design where a server can know early. Here only the work can know.";
    return { is: "fail", expected: "202 Accepted", seen, mark: markOf("S6a", job.post, "status"), remark };
  },
};

const survives: Clause = {
  id: "fail.survives",
  side: "server",
  level: "must",
  sentence: "after a failed job the process lives and answers",
  why:
    "An error that nobody catches ends the process, and with it every other job. " +
    "One bad order then takes down the work of all the others.",
  source: "Node.js documentation, process: an unhandled rejection ends the process",
  hints: [
    "Order a genre that no book has, wait until the work has failed, and order again.",
    "Nobody awaits the work, so nobody catches what it throws. It has to catch by itself.",
    'async function runJob(…) { try { … } catch (error) { job.state = { status: "failed", … }; } }',
  ],
  // Not fail.accepted: in exercise 05 choose.failed takes its place, and that one needs this clause.
  needs: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S6a", "S6b"],
  check(evidence) {
    for (const scenario of ["S6a", "S6b"]) {
      const play = playOf(evidence, scenario);
      if (play.ended) return absent(play, { is: "pass" });
      const swallowed = unhandledIn(evidence, play);
      if (swallowed) return swallowed;
    }
    const play = playOf(evidence, "S6a");
    const next = jobIn(play, "A")?.post;
    if (next?.exchange.response?.status === 202) return { is: "pass" };
    const seen = next ? answered(next.exchange) : "no answer";
    return { is: "fail", expected: "202 Accepted for the next valid order", seen, mark: markOf("S6a", next, "status") };
  },
};

/**
 * An error reached the process, and only a listener of its own kept it alive. Where the job was told as failed all the
 * same, that is the fault; where it was not, fail.reported names what is missing.
 */
function unhandledIn(evidence: Evidence, play: Play): Outcome | null {
  const events = play.recording?.events ?? [];
  const index = events.findIndex((event) => event.is === "unhandled");
  const event = events[index];
  const { told } = failingJob(evidence);
  if (event?.is !== "unhandled" || !told || word(told) !== "failed") return null;
  const seen = `nobody caught ${cut(`${event.error.name}: ${event.error.message}`, 60)}`;
  return {
    is: "fail",
    expected: "every failure caught where the work is done",
    seen,
    mark: { scenario: play.scenario, event: index, on: "settle" },
  };
}

const okStatus: Clause = {
  id: "fail.ok-status",
  side: "server",
  level: "must",
  sentence: "the failed job's status is answered 200: asking for the status succeeded",
  why:
    "A 5xx says that the status could not be read, so clients and proxies try again, and alarms go off. " +
    "The request was fine: it asked how the job is, and got the answer.",
  source:
    "RFC 9110, section 15: the status code tells of this request. A convention: 200 with the failure in the body (Azure, Google AIP-151)",
  hints: [
    "What does the status line say when the job has failed?",
    "Two requests, two outcomes: the work failed, the GET did not. Tell the failure in the body.",
    'return c.json({ id, status: "failed", error }); // 200',
  ],
  needs: ["fail.survives", "accept.location"],
  elses: ["status.processing"],
  // A yield, so that in exercise 05, where choose.failed stands for it, quick work that is answered late says nothing here.
  // And a status that is gone, or an error, as soon as the work is over: one slip, which status.completed names.
  yieldsTo: ["fail.accepted", "status.completed"],
  scenarios: ["S6a"],
  check(evidence) {
    const { play, job, toldAtOnce } = failingJob(evidence);
    if (toldAtOnce) return { is: "pass" };
    const wrong = okFault(job);
    const outcome: Outcome = wrong ?? { is: "pass" };
    if (!job || job.reads.length === 0 || job.reads.some(endedIn)) return absent(play, outcome);
    // As in status.completed: a view that is wrong in every answer is one slip.
    if (job.reads.some((answer) => isStatus(answer, job))) return outcome;
    return { is: "else", clause: "status.processing", otherwise: outcome };
  },
};

function okFault(job: Job | undefined): Outcome | null {
  const isOk = ({ exchange }: Answer) => exchange.response?.status === 200 && !exchange.failure;
  // What becomes of a failure that was once told well is the matter of status.settled.
  if (job?.reads.some((answer) => isOk(answer) && word(answer) === "failed")) return null;
  for (const atMs of [10_300, 20_300]) {
    const answer = readNear(job, atMs);
    if (answer && isOk(answer)) continue;
    const seen = answer ? `${answered(answer.exchange)} at ${seconds(atMs)}` : "no status could be read";
    return failOf("S6a", answer, { expected: "200 OK for the status of the failed job", seen, on: "status" });
  }
  return null;
}

const reported: Clause = {
  id: "fail.reported",
  side: "server",
  level: "must",
  sentence: 'it is "failed", with a text in error and no result',
  why:
    "A failure that is only in the log leaves the client polling for ever. " +
    "Whoever ordered has to learn that nothing will come.",
  source: "a convention: a failed operation has a status of its own and an error (Azure, Google AIP-151)",
  hints: [
    "What does the status say ten seconds after an order that cannot be carried out?",
    "In the catch, set the status to failed and error to a sentence. An Error put into JSON becomes {}: take its message.",
    'catch (error) { job.state = { status: "failed", error: describe(error) }; }',
  ],
  needs: ["fail.ok-status", "accept.starts"],
  // A view that always shows a result shows it beside the error too: one slip, which status.processing names.
  yieldsTo: ["status.result", "status.processing"],
  scenarios: ["S6a"],
  check(evidence) {
    const { play, job, toldAtOnce, told } = failingJob(evidence);
    if (toldAtOnce) return { is: "pass" };
    if (!told || endedIn(told))
      return absent(play, { is: "fail", expected: 'status "failed"', seen: "no status could be read" });
    const fault = recordFault(told, job?.id ?? "") ?? reportedFault(told);
    return fault ? failOf("S6a", told, fault) : { is: "pass" };
  },
};

function reportedFault(answer: Answer): Fault | null {
  const object = objectOf(answer);
  const state = fieldOf(object, "status");
  const on = "body" as const;
  if (state !== "failed")
    return { expected: 'status "failed"', seen: `${field("status", state)} at ${seconds(answer.atMs)}`, on };
  const error = fieldOf(object, "error");
  if (!isText(error)) {
    const remark =
      typeof error === "object" && error !== null
        ? { remark: "failed is right; error must be a text. An Error in JSON is {}." }
        : {};
    return { expected: "error, a text that says what went wrong", seen: field("error", error), on, ...remark };
  }
  const result = fieldOf(object, "result");
  return isAbsent(result) ? null : { expected: "no result beside the error", seen: field("result", result), on };
}

const saysWhy: Clause = {
  id: "fail.says-why",
  side: "server",
  level: "must",
  sentence: "the error names the genre that it could not find",
  why: '"Internal error" sends the caller to you. An error that names the wrong value lets callers correct it by themselves.',
  source: "RFC 9457, section 3.1.4: a detail ought to help the client to correct the problem",
  hints: [
    "Read the error as somebody who cannot see your code. What would you change in the order?",
    "Say which value was wrong: the genre belongs in the sentence.",
    "throw new ReportError(`No book has the genre ${genre}.`);",
  ],
  needs: ["fail.reported"],
  yieldsTo: [],
  scenarios: ["S6a"],
  check(evidence) {
    const failing = failingJob(evidence);
    const { play, toldAtOnce, told } = failing;
    if (toldAtOnce) return { is: "pass" };
    if (!told) return absent(play, { is: "pass" });
    const error = String(fieldOf(objectOf(told), "error"));
    const genre = failingGenre(failing);
    if (error.toLowerCase().includes(genre.toLowerCase())) return { is: "pass" };
    return failOf("S6a", told, {
      expected: `an error that names ${shown(genre)}`,
      seen: field("error", error, 60),
      on: "body",
    });
  },
};

export const fail: readonly Clause[] = [accepted, survives, okStatus, reported, saysWhy, failDiscreet, failIsolated];
