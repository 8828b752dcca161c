import type { Clause, Outcome } from "../../model/clause.ts";
import { ending, seconds, sentAt, thrown } from "../../reading/client-words.ts";
import { absent, chain, markOf, readingOf } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";

const abortRuns = ["C-abort-wait", "C-abort-poll", "C-abort-before"];

export const clientAbort: Clause = {
  id: "client.abort",
  side: "client",
  level: "should",
  sentence:
    "signal ends the wait, the poll in flight or the call: it rejects with the signal's reason, and asks no more",
  why:
    "The reader leaves the page, the caller's own time is over: what nobody waits for should stop at once, and say why " +
    "it stopped.",
  source: "DOM standard, AbortSignal (the reason, throwIfAborted); Node.js docs, timers/promises (the signal option)",
  decided:
    "The signal is aborted 10 s into a wait of 30 s, 1.5 s into a poll, or before the call. The call rejects " +
    "within 100 ms, with the signal's reason as its error or among the causes. No request follows (in the third " +
    "run none is sent at all), and no timer is left. Programs aren't judged.",
  hints: [
    "The caller aborts in the middle of a wait of 30 s. When does your promise hear of it?",
    "The signal goes everywhere: into the POST, each poll and each wait. With a deadline too: AbortSignal.any([…]).",
    'signal.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });',
  ],
  // The abort comes in a wait of 30 s. A client that waits less is not in that wait any more.
  needs: ["client.adapts"],
  mayBeBlockedBy: ["client.stops", "client.quiet", "client.unknown-outcome"],
  // A client that orders again after an abort is judged by client.never-reposts.
  yieldsTo: ["client.deadline", "client.never-reposts"],
  needsCallOptions: true,
  scenarios: abortRuns,
  check(evidence) {
    for (const name of abortRuns) {
      const outcome = leavesAtOnce(readingOf(evidence, name));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function leavesAtOnce(reading: Reading): Outcome {
  const { settled } = reading;
  const before = reading.scenario === "C-abort-before";
  const abortedMs = reading.abortedMs ?? (before ? 0 : null);
  const mark = markOf(reading, settled);
  const [first] = reading.sent;
  if (before && first) {
    return {
      is: "fail",
      expected: "no request: aborted before the call",
      seen: sentAt(first),
      mark: markOf(reading, first),
    };
  }
  if (abortedMs === null) {
    return absent(reading, { is: "fail", expected: "it polls, and is aborted then", seen: ending(reading), mark });
  }
  const expected = `aborted at ${seconds(abortedMs)}, it rejects at once with the signal's reason`;
  if (settled?.is !== "rejected" || settled.atMs > abortedMs + 100) {
    const outcome: Outcome = { is: "fail", expected, seen: ending(reading), mark };
    return settled ? outcome : absent(reading, outcome);
  }
  if (settled.atMs < abortedMs) return { is: "fail", expected, seen: `before that: ${ending(reading)}`, mark };
  if (!chain(settled.error).some((error) => error.isReason)) {
    const outcome: Outcome = { is: "fail", expected, seen: `another error: ${thrown(settled.error)}`, mark };
    // A client that rejects with bare values loses every reason; client.unknown-outcome judges that.
    return settled.error.isError ? outcome : { is: "blocked", blockedBy: "client.unknown-outcome", otherwise: outcome };
  }
  const late = reading.sent.find((sent) => sent.sentMs > abortedMs);
  if (late) {
    const expected = `no request after the abort at ${seconds(abortedMs)}`;
    const otherwise: Outcome = { is: "fail", expected, seen: sentAt(late), mark: markOf(reading, late) };
    return { is: "blocked", blockedBy: "client.stops", otherwise };
  }
  if (!reading.timers) return { is: "pass" };
  const otherwise: Outcome = {
    is: "fail",
    expected: "no timer left after the abort",
    seen: `the wait's timer still runs when it has rejected at ${seconds(settled.atMs)}`,
    mark,
  };
  return { is: "blocked", blockedBy: "client.quiet", otherwise };
}
