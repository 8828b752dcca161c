import { fieldOf, isAbsent } from "../../http/json.ts";
import type { Clause } from "../../model/clause.ts";
import { field, seconds, shown } from "../../reading/server-words.ts";
import { absent, endedIn, failOf, frameFault, jobIn, objectOf, readingOf, word } from "../../reading/server.ts";
import type { Answer, Fault } from "../../reading/server.ts";

/** Before this S1 polls while the work runs, ms after the POST. */
const earlyMs = 4_700;

/** How long the work of a full report takes, ms. */
const workMs = 5_000;

export const statusProcessing: Clause = {
  id: "status.processing",
  side: "server",
  level: "must",
  sentence: 'while the work runs the status is 200, with the job\'s id and the status "processing"',
  why:
    "A client that polls has only this answer to go by. A 404 or an error while all is well makes it give up, " +
    "and a word of its own makes it wait for ever.",
  source: "RFC 9110, section 15.3.3: the status monitor that a 202 points to",
  decided:
    "GETs 0.1, 1.3, 2.7 and 4.2 s after the POST of a full report return 200 and JSON with the job's `id`, " +
    '`status: "processing"`, and no `result` or `error`. A response that comes 4.9 s after the POST or later may ' +
    'say "completed", unless it is the only one.',
  hints: [
    "Ask for the status right after the POST, and look at status line, id and word.",
    "Keep the job where the status can be read before the work begins, not when it ends.",
    'jobs.set(id, { id, status: "processing" }); and in the GET: return c.json(jobs.get(id));',
  ],
  needs: ["accept.location"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const job = jobIn(reading, "A");
    if (!job || job.id === null) return absent(reading, { is: "pass" });
    const early = job.reads.filter(({ atMs }) => atMs < earlyMs);
    // A poll that was sent while the work ran and answered after it may say completed, unless it is the only one.
    const inTime = early.filter((answer) => word(answer) !== "completed" || (answer.doneMs ?? 0) < workMs - 100);
    for (const answer of inTime.length > 0 ? inTime : early) {
      if (endedIn(answer)) return absent(reading, { is: "pass" });
      const fault = frameFault(answer, job.id) ?? wordFault(answer);
      if (fault) return failOf("S1", answer, fault);
    }
    // When the process ended while the work ran, the later answers are missing.
    if (early.length > 0)
      return reading.ended && !job.reads.some(({ atMs }) => atMs > 4_000)
        ? absent(reading, { is: "pass" })
        : { is: "pass" };
    const seen = "no status could be read before the work was done";
    return absent(reading, { is: "fail", expected: 'status "processing" while the work runs', seen });
  },
};

function wordFault(answer: Answer): Fault | null {
  const object = objectOf(answer);
  const state = fieldOf(object, "status");
  const lateBy = answer.doneMs === null ? answer.atMs : answer.doneMs;
  if (state !== "processing") {
    const seen = `${field("status", state)} at ${seconds(lateBy)}`;
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
