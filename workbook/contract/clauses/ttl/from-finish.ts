import type { Clause } from "../../model/clause.ts";
import { finishedMs } from "../../scenarios/server/cleaning.ts";
import { expectState, hour, minute } from "./timeline.ts";

export const ttlFromFinish: Clause = {
  id: "ttl.from-finish",
  side: "server",
  level: "must",
  sentence: "the time counts from finishing, not from creation",
  why: "A job that ran for 30 hours would be older than its time to live the moment it finishes, and nobody could read its result.",
  source: "a convention: counted from completion (Azure REST guidelines, lro-status-monitor-retention; Google AIP-151)",
  decided:
    'An archive takes 30 h. GETs 2 h and 23 h 50 min after it finished return 200, "completed" and an equal `result`.',
  hints: [
    "Which instant does your sweep count from?",
    "A job has two instants, when it was accepted and when it finished. The second one is set when the work ends.",
    "expiries.set(job.id, Date.now() + keepMs); // after the work",
  ],
  needs: ["ttl.spares-running"],
  yieldsTo: [],
  scenarios: ["S8"],
  check: (evidence) =>
    expectState(
      evidence,
      [
        ["A", finishedMs.A + 2 * hour],
        ["A", finishedMs.A + 23 * hour + 50 * minute],
      ],
      "completed",
    ),
};
