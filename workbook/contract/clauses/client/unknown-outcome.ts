import type { Clause, Outcome } from "../../model/clause.ts";
import type { ErrorRecord } from "../../model/recording.ts";
import { ending, thrown } from "../../reading/client-words.ts";
import { absent, chain, markOf, readingOf } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { deadlineRuns, judgesPolling } from "./deadline-runs.ts";

export const clientUnknownOutcome: Clause = {
  id: "client.unknown-outcome",
  side: "client",
  level: "must",
  sentence: "past its deadline it rejects with a TimeoutError: nobody knows whether the work was done",
  why:
    "After a timeout the report may be made, or not. A caller who can tell this apart from a failure can look first; " +
    "others order twice, and customers have been charged twice that way.",
  source:
    "RFC 9110, section 9.2.2 (no blind repeat of a POST); the name is that of AbortSignal.timeout's reason (DOM standard)",
  decided:
    'In the runs of client.deadline the call rejects with an error named "TimeoutError", or with one that has such ' +
    "an error among its causes. The message isn't judged, and neither are programs.",
  hints: [
    "How can your caller tell that the time was over, and that nothing failed?",
    "The error, or its cause, carries the name TimeoutError. Don't swallow it, and don't give it another name.",
    'Let the reason of AbortSignal.timeout through, or: error.name = "TimeoutError"; throw error;',
  ],
  needs: ["client.deadline"],
  partNeeds: ["client.waits"],
  mayBeBlockedBy: ["client.not-late"],
  yieldsTo: [],
  needsCallOptions: true,
  scenarios: deadlineRuns,
  check(evidence) {
    const first = namesIt(readingOf(evidence, "C-deadline"));
    if (first.is !== "pass" || !judgesPolling(evidence)) return first;
    const second = namesIt(readingOf(evidence, "C-deadline-polling"));
    // A client that gives up after a number of polls rejects too early; client.not-late judges that.
    return second.is === "pass" ? second : { is: "blocked", blockedBy: "client.not-late", otherwise: second };
  },
};

function remarkOn({ isError, name }: ErrorRecord): string | null {
  if (!isError) return "Throw an Error: a bare value has no name and no stack.";
  return name === "AbortError" ? "AbortError says that somebody called it off; here the time was over." : null;
}

function namesIt(reading: Reading): Outcome {
  const { settled } = reading;
  const mark = markOf(reading, settled);
  const expected = "it rejects with an error named TimeoutError, or with one as its cause";
  if (settled?.is !== "rejected") {
    const remark = "The time was over with no report: that is no result.";
    const outcome: Outcome = { is: "fail", expected, seen: ending(reading), mark, ...(settled ? { remark } : {}) };
    return settled ? outcome : absent(reading, outcome);
  }
  if (chain(settled.error).some((error) => error.name === "TimeoutError")) return { is: "pass" };
  const remark = remarkOn(settled.error);
  return { is: "fail", expected, seen: thrown(settled.error), mark, ...(remark ? { remark } : {}) };
}
