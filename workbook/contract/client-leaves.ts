/** Clauses on how a client leaves: no request and no timer after it settled, and at once when it is aborted. */
import { absent, chain, markOf, playOf } from "./client-read.ts";
import type { Play } from "./client-read.ts";
import { ending, seconds, sentAt, thrown } from "./client-words.ts";
import type { Clause, Outcome, World } from "./types.ts";

const runs = ["C-returns-first-poll", "C-returns"];
const quietRuns = [...runs, "C-quiet"];
const failedRun = "C-quiet-failed";
const withTimeout: Readonly<Record<string, string>> = {
  "C-quiet": "It was called with timeoutMs: 60000. Is the deadline's timer cleared?",
  [failedRun]:
    "It was called with timeoutMs: 60000, and the job failed. Is the deadline's timer cleared on that way out?",
};
const abortRuns = ["C-abort-wait", "C-abort-poll", "C-abort-before"];

export const stops: Clause = {
  id: "client.stops",
  side: "client",
  level: "must",
  sentence: "after it settled no request is sent",
  why: "A client that has its report and goes on asking costs the server work for nothing, as long as the program lives.",
  source: "the course: the loop breaks when the result is there; in life, an interval that nobody cleared",
  hints: [
    "What goes on after your promise has settled?",
    "An interval runs until it is cleared. Clear it on every way out, or poll in a loop that ends.",
    "try { … } finally { clearInterval(timer); }",
  ],
  needs: ["client.returns"],
  // A poll that is sent twice, or beside the loop, comes too early before it comes too late.
  yieldsTo: ["client.waits"],
  scenarios: runs,
  check(evidence) {
    for (const name of runs) {
      const play = playOf(evidence, name);
      const [late] = play.after;
      if (!late || !play.settled) continue;
      const expected = `no request after it settled at ${seconds(play.settled.atMs)}`;
      return { is: "fail", expected, seen: sentAt(late), mark: markOf(play, late) };
    }
    return { is: "pass" };
  },
};

export const quiet: Clause = {
  id: "client.quiet",
  side: "client",
  level: "must",
  sentence: "when it has settled it leaves nothing that keeps the process alive",
  why:
    "A script that has its report should end. One timer left behind, the deadline's for example, holds it for as long " +
    "as that timer runs; clean-up timers have hung whole test runs.",
  source: "Node.js docs, Timers (timeout.unref, clearTimeout); in life: supabase/auth-js, PR 599",
  hints: [
    "Your report is there; does the program end?",
    "A deadline made with setTimeout must be cleared when the call is over. AbortSignal.timeout holds nothing up.",
    "try { … } finally { clearTimeout(timer); }",
  ],
  needs: ["client.stops"],
  partNeeds: ["client.throws"],
  elses: ["client.deadline"],
  // A wait that is set and not awaited is still there when the call is over.
  yieldsTo: ["client.waits"],
  scenarios: [...quietRuns, failedRun],
  check(evidence) {
    // A failed job is lesson 04's: what a call leaves when it rejects counts from there on.
    const rejects = evidence.graded("client.throws") && evidence.passed("client.throws");
    for (const name of rejects ? [...quietRuns, failedRun] : quietRuns) {
      const outcome = leavesNothing(playOf(evidence, name), evidence.world.clock);
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function leavesNothing(play: Play, clock: World["clock"]): Outcome {
  const { settled, timers } = play;
  const mark = markOf(play, settled);
  const expected = "no timer and no handle left when it has settled";
  if (!settled || timers === null) {
    const otherwise: Outcome = { is: "fail", expected, seen: ending(play), mark };
    return { is: "else", clause: "client.deadline", otherwise: absent(play, otherwise) };
  }
  if (timers === 0) return { is: "pass" };
  const things = timers === 1 ? "1 thing keeps" : `${timers} things keep`;
  const left = clock === "virtual" ? `${things} the process alive` : "the program was still running 2 s";
  const seen = `${left} after it ${settled.is} at ${seconds(settled.atMs)}`;
  const remark = withTimeout[play.scenario];
  return { is: "fail", expected, seen, mark, ...(remark ? { remark } : {}) };
}

export const abort: Clause = {
  id: "client.abort",
  side: "client",
  level: "should",
  sentence:
    "signal ends the wait, the poll in flight or the call: it rejects with the signal's reason, and asks no more",
  why:
    "The reader leaves the page, the caller's own time is over: what nobody waits for should stop at once, and say why " +
    "it stopped.",
  source: "DOM standard, AbortSignal (the reason, throwIfAborted); Node.js docs, timers/promises (the signal option)",
  hints: [
    "The caller aborts in the middle of a wait of 30 s. When does your promise hear of it?",
    "The signal goes everywhere: into the POST, each poll and each wait. With a deadline too: AbortSignal.any([…]).",
    'signal.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });',
  ],
  // It is aborted in a wait of 30 s: who takes that for less is not there then.
  needs: ["client.adapts"],
  elses: ["client.stops", "client.quiet", "client.unknown-outcome"],
  // An abort is trouble too: who orders again then is named by the clause on that.
  yieldsTo: ["client.deadline", "client.never-reposts"],
  scenarios: abortRuns,
  check(evidence) {
    for (const name of abortRuns) {
      const outcome = leavesAtOnce(playOf(evidence, name));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function leavesAtOnce(play: Play): Outcome {
  const { settled } = play;
  const before = play.scenario === "C-abort-before";
  const abortedMs = play.abortedMs ?? (before ? 0 : null);
  const mark = markOf(play, settled);
  const [first] = play.sent;
  if (before && first) {
    return {
      is: "fail",
      expected: "no request: aborted before the call",
      seen: sentAt(first),
      mark: markOf(play, first),
    };
  }
  if (abortedMs === null) {
    return absent(play, { is: "fail", expected: "it polls, and is aborted then", seen: ending(play), mark });
  }
  const expected = `aborted at ${seconds(abortedMs)}, it rejects at once with the signal's reason`;
  if (settled?.is !== "rejected" || settled.atMs > abortedMs + 100) {
    const outcome: Outcome = { is: "fail", expected, seen: ending(play), mark };
    return settled ? outcome : absent(play, outcome);
  }
  if (settled.atMs < abortedMs) return { is: "fail", expected, seen: `before that: ${ending(play)}`, mark };
  if (!chain(settled.error).some((error) => error.isReason)) {
    const outcome: Outcome = { is: "fail", expected, seen: `another error: ${thrown(settled.error)}`, mark };
    // Who makes a bare value of each error loses the reason with the rest, and is named where the first is lost.
    return settled.error.isError ? outcome : { is: "else", clause: "client.unknown-outcome", otherwise: outcome };
  }
  const late = play.sent.find((sent) => sent.sentMs > abortedMs);
  if (late) {
    const expected = `no request after the abort at ${seconds(abortedMs)}`;
    const otherwise: Outcome = { is: "fail", expected, seen: sentAt(late), mark: markOf(play, late) };
    return { is: "else", clause: "client.stops", otherwise };
  }
  if (!play.timers) return { is: "pass" };
  const otherwise: Outcome = {
    is: "fail",
    expected: "no timer left after the abort",
    seen: `the wait's timer still runs when it has rejected at ${seconds(settled.atMs)}`,
    mark,
  };
  return { is: "else", clause: "client.quiet", otherwise };
}
