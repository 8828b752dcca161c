import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { seconds } from "../../reading/server-words.ts";
import { absent, changed, endedIn, failOf, isOver, jobIn, readingOf, word } from "../../reading/server.ts";
import type { Answer } from "../../reading/server.ts";

export const statusSettled: Clause = {
  id: "status.settled",
  side: "server",
  level: "must",
  sentence: "once completed or failed it stays so: the same status and result at every later GET",
  why:
    "Answers get lost on the way, so a client may have to ask twice, and two people may ask. " +
    "If the second look shows something else, nobody can rely on the first.",
  source: "RFC 9110, section 9.2.1: GET is safe; the job is over, so what it tells does not change",
  decided:
    "A full report is read at 10.2, 10.9, 12.2 and 70.2 s and after 1 h (not in lesson 6; at a URL once more at " +
    'the end instead); from lesson 4 on also a failed job, up to 20.3 s. From the first "completed" or "failed" ' +
    "on, HTTP status, `status`, `result` and `error` stay equal. Other fields may change.",
  hints: [
    "Read a completed job twice, and once more a minute later. Compare.",
    "Make the result once, when the work ends, and keep it. Reading must not make, change or delete anything.",
    'jobs.set(id, { id, status: "completed", result }); // the GET only does jobs.get(id)',
  ],
  needs: ["accept.starts"],
  partNeeds: ["fail.reported"],
  // On the real clock it is also read at the very end, when another job may have got its id.
  yieldsTo: ["choose.one-job", "accept.unique"],
  scenarios: ["S2", "S6a"],
  check(evidence) {
    const reading = readingOf(evidence, "S2");
    const reads = jobIn(reading, "A")?.reads ?? [];
    const outcome = steadyFrom(reads, "S2", "completed");
    if (outcome.is === "fail") return outcome;
    if (reading.ended) return absent(reading, outcome);
    return failedPart(evidence) ?? outcome;
  },
};

/** From exercise 04 on: a failed job stays failed. */
function failedPart(evidence: Evidence): Outcome | null {
  if (!evidence.graded("fail.reported") || !evidence.passed("fail.reported")) return null;
  const outcome = steadyFrom(jobIn(readingOf(evidence, "S6a"), "X")?.reads ?? [], "S6a", "failed");
  return outcome.is === "fail" ? outcome : null;
}

/** Fails when an answer differs from the first that was completed or failed. */
function steadyFrom(reads: readonly Answer[], scenario: string, state: string): Outcome {
  const at = reads.findIndex(isOver);
  const first = reads[at];
  if (!first) return { is: "pass" };
  for (const answer of reads.slice(at + 1)) {
    if (endedIn(answer)) break;
    const change = changed(first, answer);
    if (change === null) continue;
    const expected = `the same as at ${seconds(first.atMs)}: ${word(first) ?? state}`;
    return failOf(scenario, answer, { expected, seen: `${change}, at ${seconds(answer.atMs)}`, on: "body" });
  }
  return { is: "pass" };
}
