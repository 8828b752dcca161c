import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { readingOf, word } from "../../reading/server.ts";
import { failedMs, finishedMs } from "../../scenarios/server/cleaning.ts";
import { expectState, hour, minute, readAt } from "./timeline.ts";

export const ttlKeeps: Clause = {
  id: "ttl.keeps",
  side: "server",
  level: "must",
  sentence: "a finished job can be read for 24 h after it finished",
  why:
    "The client may be a person who looks tomorrow, or a program that was down for the night. " +
    "A result that is gone before it was read was made for nothing.",
  source:
    "a convention: at least 24 hours, counted from completion (Azure REST guidelines, lro-status-monitor-retention)",
  decided:
    'Counted from 5 s after its POST, a full report is read at 61 min, 12 h and 23 h 50 min: 200, "completed" and ' +
    "an equal `result` each time. So is one at 4 h that was requested while an archive runs; it may still wait for " +
    "that. A job that was reported as failed still says so 23 h 50 min after its POST.",
  hints: [
    "How old is a finished job when your sweep takes it? Mind the unit.",
    "Keep each job's own instant of finishing, and take it only when that is more than 24 hours ago.",
    "if (now - job.finishedAt > 24 * 3_600_000) jobs.delete(id);",
  ],
  needs: ["status.completed"],
  // A job of S8 fails. What that does to the process or to other jobs is judged by these.
  yieldsTo: ["status.settled", "status.isolated", "accept.unique", "accept.starts", "fail.survives", "fail.isolated"],
  scenarios: ["S8"],
  check(evidence) {
    const early = [61 * minute, 12 * hour, 23 * hour + 50 * minute].map((ms) => ["K", finishedMs.K + ms] as const);
    const late = ["L", finishedMs.L + 4 * hour] as const;
    const { answer } = readAt(readingOf(evidence, "S8"), ...late);
    // A server with one worker is right: L then waits for A, and there is nothing to keep yet.
    const waits = answer !== undefined && word(answer) === "processing";
    const completed = expectState(evidence, waits ? early : [...early, late], "completed");
    return completed.is === "pass" ? keepsFailed(evidence) : completed;
  },
};

/** A failed job is finished too. One that was never reported as failed waits in a queue, or fail.* judges it. */
function keepsFailed(evidence: Evidence): Outcome {
  const { answer } = readAt(readingOf(evidence, "S8"), "F", failedMs.told);
  const told = answer?.exchange.response?.status === 200 && word(answer) === "failed";
  return told ? expectState(evidence, [["F", failedMs.last]], "failed") : { is: "pass" };
}
