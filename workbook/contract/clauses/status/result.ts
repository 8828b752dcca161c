import { fieldOf, isObject } from "../../http/json.ts";
import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { epochMs, zoneMs } from "../../model/epoch.ts";
import { completedFault, resultFault } from "../../reading/report.ts";
import { answered, field } from "../../reading/server-words.ts";
import {
  absent,
  endedIn,
  expectedCount,
  failOf,
  frameFault,
  jobIn,
  markOf,
  objectOf,
  paramsOf,
  readingOf,
  word,
} from "../../reading/server.ts";
import type { Answer, Fault, Job, Reading } from "../../reading/server.ts";

export const statusResult: Clause = {
  id: "status.result",
  side: "server",
  level: "must",
  sentence: "the result has the agreed shape and is right for this job's parameters",
  why:
    "A wrong report with the right status is the worst answer: every machine on the way is content, " +
    "and the person who reads it has no way to tell.",
  source: "SPEC.md of the exercise: the shape of a report; RFC 3339, section 5.6 (date-time)",
  decided:
    "Three reports are requested in turn: two genres, then all books. Each `result` has a `title` that isn't " +
    "empty, an RFC 3339 date-time with Z or an offset in `generatedAt`, and the exact number of books in " +
    "`totalBooks.count`. Other fields are free. The time in `generatedAt` isn't compared, but for a file local " +
    "time marked as UTC fails.",
  hints: [
    "Compare the result with the catalogue: one genre, then another, then none.",
    "count is the number of books whose genre is exactly the one asked for; without a genre, of all books. generatedAt is RFC 3339, in UTC or with an offset.",
    "books.filter((book) => genre === undefined || book.genre === genre).length and new Date().toISOString()",
  ],
  needs: ["status.completed"],
  mayBeBlockedBy: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    for (const label of ["A", "B", "C"]) {
      const job = jobIn(reading, label);
      if (!job || endedIn(job.post)) return absent(reading, { is: "pass" });
      const outcome = reportOf(evidence, reading, job);
      if (outcome) return outcome;
    }
    return { is: "pass" };
  },
};

/** What is wrong with one job's report; null when nothing is. */
function reportOf(evidence: Evidence, reading: Reading, job: Job): Outcome | null {
  if (job.post.exchange.response?.status !== 202) {
    const fault: Fault = {
      expected: `202 Accepted for ${paramsOf(job)}`,
      seen: answered(job.post.exchange),
      on: "status",
    };
    return { is: "blocked", blockedBy: "accept.status", otherwise: failOf("S1", job.post, fault) };
  }
  const answer = job.reads.findLast((one) => word(one) !== "processing" && one.atMs > 4_700) ?? job.reads.at(-1);
  if (!answer || endedIn(answer) || (reading.ended && word(answer) === "processing")) {
    return absent(reading, {
      is: "fail",
      expected: `a status for ${paramsOf(job)}`,
      seen: "none could be read",
      mark: markOf("S1", job.post, "status"),
    });
  }
  const fault = frameFault(answer, job.id ?? "") ?? completedFault(answer);
  if (fault) return failOf("S1", answer, { ...fault, seen: `${fault.seen}, for ${paramsOf(job)}` });
  const result = fieldOf(objectOf(answer), "result");
  const wrong = resultFault(result, expectedCount(evidence.world, job));
  if (wrong) return failOf("S1", answer, { ...wrong, seen: `${wrong.seen}, for ${paramsOf(job)}`, on: "body" });
  const zone = evidence.world.clock === "virtual" ? zoneFault(result, job, answer) : null;
  return zone && failOf("S1", answer, zone);
}

/** Fails for local time that is marked as UTC: local time between POST and answer, followed by Z. */
function zoneFault(result: unknown, job: Job, answer: Answer): Fault | null {
  const at = isObject(result) ? fieldOf(result, "generatedAt") : undefined;
  if (typeof at !== "string" || !/(?:z|[+-]00:00)$/i.test(at)) return null;
  const localMs = Date.parse(at) - epochMs - zoneMs;
  const { sentMs } = job.post.exchange;
  const doneMs = answer.exchange.doneMs ?? answer.exchange.sentMs;
  if (!(localMs > sentMs - 1_000 && localMs < doneMs + 1_000)) return null;
  return {
    expected: "result.generatedAt, the instant at which the report was made",
    seen: `${field("result.generatedAt", at)}, 5 h 45 min later than that`,
    on: "body",
    remark: "It is the local time, and Z says UTC. Date's toISOString() gives UTC; getHours() gives local time.",
  };
}
