/** The runs with a deadline, which two clauses look at. */
import type { Evidence } from "../../model/clause.ts";

export const deadlineRuns = ["C-deadline", "C-deadline-polling"];

/** The run with polls counts from exercise 03 on, and only for a client that obeys Retry-After. */
export function judgesPolling(evidence: Evidence): boolean {
  return evidence.graded("client.waits") && evidence.passed("client.waits");
}
