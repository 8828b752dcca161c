/** The status resource. */
import { fieldOf, hasText, headerOf, isAbsent, isJsonType, isObject, jsonIn } from "./read.ts";
import { resultFault } from "./result.ts";
import { statusIsolated } from "./status-isolated.ts";
import { statusSafe, statusSettled } from "./status-steady.ts";
import { inheritedNames } from "./scenarios/server-unknown-ids.ts";
import {
  absent,
  answersTo,
  carriesId,
  endedIn,
  expectedCount,
  failOf,
  frameFault,
  jobIn,
  markOf,
  objectOf,
  paramsOf,
  playOf,
  word,
} from "./server-read.ts";
import type { Answer, Fault, Job, Play } from "./server-read.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, cut, seconds, shown } from "./words.ts";

/** Until then S1 asks while the work runs; from `lateMs` on it must be done. */
const earlyMs = 4_700;
const lateMs = 10_000;

const processing: Clause = {
  id: "status.processing",
  side: "server",
  level: "must",
  sentence: 'while the work runs the status is 200, with the job\'s id and the status "processing"',
  why:
    "A client that polls has only this answer to go by. A 404 or an error while all is well makes it give up, " +
    "and a word of its own makes it wait for ever.",
  source: "RFC 9110, section 15.3.3: the status monitor that a 202 points to",
  hints: [
    "Ask for the status right after the POST, and look at status line, id and word.",
    "Keep the job where the status can be read before the work begins, not when it ends.",
    'jobs.set(id, { id, status: "processing" }); and in the GET: return c.json(jobs.get(id));',
  ],
  needs: ["accept.location"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const job = jobIn(play, "A");
    if (!job || job.id === null) return absent(play, { is: "pass" });
    const early = job.reads.filter(({ atMs }) => atMs < earlyMs);
    for (const answer of early) {
      if (endedIn(answer)) return absent(play, { is: "pass" });
      const fault = frameFault(answer, job.id) ?? wordFault(answer);
      if (fault) return failOf("S1", answer, fault);
    }
    if (early.length > 0) return { is: "pass" };
    const seen = "no status could be read before the work was done";
    return absent(play, { is: "fail", expected: 'status "processing" while the work runs', seen });
  },
};

function wordFault(answer: Answer): Fault | null {
  const object = objectOf(answer);
  const state = fieldOf(object, "status");
  const lateBy = answer.doneMs === null ? answer.atMs : answer.doneMs;
  if (state !== "processing") {
    const seen = `status ${shown(state)} at ${seconds(lateBy)}`;
    const remark =
      state === "completed" ? { remark: "The work of a full report takes 5 s. It was done before that." } : {};
    return { expected: 'status "processing" while the work runs', seen, on: "body", ...(lateBy < 4_900 ? remark : {}) };
  }
  for (const name of ["result", "error"]) {
    const value = fieldOf(object, name);
    if (!isAbsent(value))
      return { expected: `no ${name} while the work runs`, seen: `${name} ${shown(value)}`, on: "body" };
  }
  return null;
}

const completed: Clause = {
  id: "status.completed",
  side: "server",
  level: "must",
  sentence: 'when it is done the status is 200, with the same id, the status "completed" and a result',
  why:
    "The client waits for exactly this word. If it never comes, or comes in another form, " +
    "the report is made and nobody ever reads it.",
  source:
    "a convention: 200 from the status monitor when the work is done (Azure Architecture Center, Asynchronous Request-Reply)",
  hints: [
    "What does the status answer ten seconds after the POST?",
    "When the work ends, the job's status becomes completed, and its report goes under result.",
    'jobs.set(id, { id, status: "completed", result });',
  ],
  needs: ["accept.location"],
  elses: ["status.processing"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const job = jobIn(play, "A");
    const late = job?.reads.filter(({ atMs }) => atMs >= lateMs) ?? [];
    const answer = late.find((one) => word(one) !== "processing");
    if (!job || job.id === null || (answer ? endedIn(answer) : play.ended)) return absent(play, { is: "pass" });
    const outcome = answer ? completedOutcome(answer, job.id) : neverCompleted(late.at(-1));
    if (job.reads.some((one) => carriesId(one, job))) return outcome;
    return { is: "else", clause: "status.processing", otherwise: outcome };
  },
};

function completedOutcome(answer: Answer, id: string): Outcome {
  const fault = frameFault(answer, id) ?? completedFault(answer);
  return fault ? failOf("S1", answer, fault) : { is: "pass" };
}

/** What keeps a JSON answer from being a completed one. */
export function completedFault(answer: Answer): Fault | null {
  const object = objectOf(answer);
  const state = fieldOf(object, "status");
  const result = fieldOf(object, "result");
  if (state !== "completed")
    return { expected: 'status "completed"', seen: `status ${shown(state)} at ${seconds(answer.atMs)}`, on: "body" };
  if (isObject(result)) return null;
  const keys = Object.keys(object ?? {}).filter((key) => key !== "id" && key !== "status");
  const seen = isAbsent(result)
    ? `no result; beside id and status: ${keys.join(", ") || "nothing"}`
    : `result ${shown(result)}`;
  return { expected: "a result object", seen: cut(seen, 80), on: "body" };
}

function neverCompleted(last: Answer | undefined): Outcome {
  const seen = last ? `status "processing", still at ${seconds(last.atMs)}` : "no status could be read";
  return { is: "fail", expected: 'status "completed" by 10 s', seen, mark: markOf("S1", last, "body") };
}

const result: Clause = {
  id: "status.result",
  side: "server",
  level: "must",
  sentence: "the result has the agreed shape and is right for this job's parameters",
  why:
    "A wrong report with the right status is the worst answer: every machine on the way is content, " +
    "and the person who reads it has no way to tell.",
  source: "SPEC.md of the exercise: the shape of a report; RFC 3339, section 5.6 (date-time)",
  hints: [
    "Compare the result with the catalogue: one genre, then another, then none.",
    "count is the number of books whose genre is exactly the one asked for; without a genre, of all books. generatedAt is RFC 3339, in UTC or with an offset.",
    "books.filter((book) => genre === undefined || book.genre === genre).length and new Date().toISOString()",
  ],
  needs: ["status.completed"],
  elses: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    for (const label of ["A", "B", "C"]) {
      const job = jobIn(play, label);
      if (!job || endedIn(job.post)) return absent(play, { is: "pass" });
      const outcome = reportOf(evidence, play, job);
      if (outcome) return outcome;
    }
    return { is: "pass" };
  },
};

/** What is wrong with one job's report; null when nothing is. */
function reportOf(evidence: Evidence, play: Play, job: Job): Outcome | null {
  if (job.post.exchange.response?.status !== 202) {
    const fault: Fault = {
      expected: `202 Accepted for ${paramsOf(job)}`,
      seen: answered(job.post.exchange),
      on: "status",
    };
    return { is: "else", clause: "accept.status", otherwise: failOf("S1", job.post, fault) };
  }
  const answer = job.reads.findLast((one) => word(one) !== "processing" && one.atMs > earlyMs) ?? job.reads.at(-1);
  if (!answer || endedIn(answer) || (play.ended && word(answer) === "processing")) {
    return absent(play, {
      is: "fail",
      expected: `a status for ${paramsOf(job)}`,
      seen: "none could be read",
      mark: markOf("S1", job.post, "status"),
    });
  }
  const fault = frameFault(answer, job.id ?? "") ?? completedFault(answer);
  if (fault) return failOf("S1", answer, { ...fault, seen: `${fault.seen}, for ${paramsOf(job)}` });
  const wrong = resultFault(fieldOf(objectOf(answer), "result"), expectedCount(evidence.world, job));
  if (!wrong) return null;
  return failOf("S1", answer, { ...wrong, seen: `${wrong.seen}, for ${paramsOf(job)}`, on: "body" });
}

const unknown: Clause = {
  id: "status.unknown",
  side: "server",
  level: "must",
  sentence: "an id never given out is answered 404, in JSON with a reason",
  why: "A client with a wrong address has to learn that it will wait in vain. With a 200 or a 500 it polls on for ever.",
  source: "RFC 9110, section 15.5.5 (404 Not Found)",
  hints: [
    "Change a digit of an id by hand and ask for it.",
    "No job under this id: answer 404, with an error in JSON. Keep jobs in a Map; a plain object seems to have toString.",
    'if (job === undefined) return c.json({ error: "There is no report with this id." }, 404);',
  ],
  needs: [],
  elses: ["status.processing"],
  yieldsTo: ["status.isolated"],
  scenarios: ["S1", "S5"],
  check(evidence) {
    const one = playOf(evidence, "S1");
    const first = jobIn(one, "A");
    const outcome = unknownOutcome(evidence);
    if (first?.reads.some((answer) => carriesId(answer, first))) return outcome;
    return { is: "else", clause: "status.processing", otherwise: outcome };
  },
};

function unknownOutcome(evidence: Evidence): Outcome {
  const play = playOf(evidence, "S5");
  const [answer] = answersTo(play.recording, "unknown.get");
  if (!answer)
    return absent(play, { is: "pass", remark: "No other id could be made from this Location, so none was asked for." });
  if (endedIn(answer)) return absent(play, { is: "pass" });
  const fault = unknownFault(answer);
  if (fault) return failOf("S5", answer, fault);
  for (const name of inheritedNames) {
    const [inherited] = answersTo(play.recording, `${name}.get`);
    if (!inherited || endedIn(inherited)) return absent(play, { is: "pass" });
    const code = inherited.exchange.failure ? 0 : inherited.exchange.response?.status;
    if (code === 404 || code === 400) continue;
    const remark = "Every object of JavaScript seems to have this name. A Map has only what was put into it.";
    return failOf("S5", inherited, {
      expected: `404 Not Found for the id ${name}`,
      seen: answered(inherited.exchange),
      on: "status",
      remark,
    });
  }
  return { is: "pass" };
}

function unknownFault({ exchange }: Answer): Fault | null {
  const { response, failure } = exchange;
  const { pathname, search } = new URL(exchange.request.url);
  if (!response || failure || response.status !== 404) {
    const on = "status" as const;
    const gone =
      response?.status === 410 ? { remark: "410 is for what was there once. This id was never given out." } : {};
    return { expected: "404 Not Found", seen: `${answered(exchange)} for ${cut(pathname + search, 50)}`, on, ...gone };
  }
  const type = headerOf(response, "content-type");
  if (!isJsonType(type)) {
    const seen = type === null ? "404 with no content type" : `404 with ${cut(type, 40)}`;
    return {
      expected: "404 with a JSON body",
      seen,
      on: "header:content-type",
      remark: "404 is right; its body must be JSON.",
    };
  }
  if (hasText(jsonIn(response))) return null;
  const remark = "404 is right; its body must say what is wrong.";
  return {
    expected: "404 with a reason, as text",
    seen: `404 with the body ${shown(response.body, 40)}`,
    on: "body",
    remark,
  };
}

export const status: readonly Clause[] = [
  processing,
  completed,
  result,
  statusIsolated,
  statusSettled,
  statusSafe,
  unknown,
];
