/** Clauses on the deadline: what `timeoutMs` does. */
import { absent, chain, markOf, orders, playOf, slackMs } from "./client-read.ts";
import type { Play } from "./client-read.ts";
import { ending, seconds, sentAt, thrown } from "./client-words.ts";
import type { Clause, ErrorRecord, Evidence, Outcome } from "./types.ts";

const scenarios = ["C-deadline", "C-deadline-polling"];

export const deadline: Clause = {
  id: "client.deadline",
  side: "client",
  level: "must",
  sentence: "with timeoutMs it settles in time, not before, and asks no more",
  why:
    "Somebody waits for this call. Without a deadline over the whole of it, a server that never answers, or never " +
    "gets done, holds them for ever.",
  source:
    "convention: a deadline over the whole operation, as AbortSignal.timeout gives; undici, and so Node's fetch, " +
    "waits 300 s for headers by default (undici docs, Client, headersTimeout)",
  hints: [
    "What ends your call when the server says nothing at all?",
    "One deadline covers the whole call: the POST, each poll and each wait. Make it once, at the start.",
    "const deadline = AbortSignal.timeout(timeoutMs); fetch(url, { …, signal: deadline })",
  ],
  needs: [],
  partNeeds: ["client.waits"],
  elses: ["client.posts-once", "client.stops"],
  yieldsTo: [],
  scenarios,
  check(evidence) {
    const unanswered = playOf(evidence, "C-deadline");
    const first = inTime(
      unanswered,
      2_000 - slackMs(evidence),
      2_500,
      "2.0 to 2.5 s after the call: timeoutMs is 2000",
    );
    if (first.is !== "pass" && orders(unanswered).length === 0) {
      return { is: "else", clause: "client.posts-once", otherwise: first };
    }
    if (first.is !== "pass" || !judgesPolling(evidence)) return first;
    const polling = playOf(evidence, "C-deadline-polling");
    const from = missesNextPoll(polling) ? 0 : 6_900 - slackMs(evidence);
    return inTime(polling, from, 10_500, "6.9 to 10.5 s after the call: timeoutMs is 10000");
  },
};

/** The part with polls counts from exercise 03 on, and only for a client that waits as it is told. */
function judgesPolling(evidence: Evidence): boolean {
  return evidence.graded("client.waits") && evidence.passed("client.waits");
}

/**
 * It gave up right at an answer after which a wait that the contract allows (up to 2 x 3 + 1 s) would have led beyond
 * the deadline: a client that waits with jitter may do so earlier than 6.9 s.
 */
function missesNextPoll(play: Play): boolean {
  const { settled } = play;
  const last = play.before.at(-1)?.doneMs;
  return !!settled && typeof last === "number" && last + 7_000 > 10_000 && settled.atMs - last < 10;
}

function inTime(play: Play, fromMs: number, toMs: number, window: string): Outcome {
  const { settled } = play;
  const mark = markOf(play, settled);
  if (!settled || settled.atMs < fromMs || settled.atMs > toMs) {
    const outcome: Outcome = { is: "fail", expected: `it settles ${window}`, seen: ending(play), mark };
    return settled ? outcome : absent(play, outcome);
  }
  const [late] = play.after;
  if (!late) return { is: "pass" };
  const expected = `no request after it settled at ${seconds(settled.atMs)}`;
  const otherwise: Outcome = { is: "fail", expected, seen: sentAt(late), mark: markOf(play, late) };
  return { is: "else", clause: "client.stops", otherwise };
}

export const unknownOutcome: Clause = {
  id: "client.unknown-outcome",
  side: "client",
  level: "must",
  sentence: "past its deadline it rejects with a TimeoutError: nobody knows whether the work was done",
  why:
    "After a timeout the report may be made, or not. A caller who can tell this apart from a failure can look first; " +
    "others order twice, and customers have been charged twice that way.",
  source:
    "RFC 9110, section 9.2.2 (no blind repeat of a POST); the name is that of AbortSignal.timeout's reason (DOM standard)",
  hints: [
    "How can your caller tell that the time was over, and that nothing failed?",
    "The error, or its cause, carries the name TimeoutError. Don't swallow it, and don't give it another name.",
    'Let the reason of AbortSignal.timeout through, or: error.name = "TimeoutError"; throw error;',
  ],
  needs: ["client.deadline"],
  partNeeds: ["client.waits"],
  elses: ["client.not-late"],
  yieldsTo: [],
  scenarios,
  check(evidence) {
    const first = namesIt(playOf(evidence, "C-deadline"));
    if (first.is !== "pass" || !judgesPolling(evidence)) return first;
    const second = namesIt(playOf(evidence, "C-deadline-polling"));
    // Who gives up after so many polls rejects before the time is over: client.not-late says what is wrong there.
    return second.is === "pass" ? second : { is: "else", clause: "client.not-late", otherwise: second };
  },
};

function remarkOn({ isError, name }: ErrorRecord): string | null {
  if (!isError) return "Throw an Error: a bare value has no name and no stack.";
  return name === "AbortError" ? "AbortError says that somebody called it off; here the time was over." : null;
}

function namesIt(play: Play): Outcome {
  const { settled } = play;
  const mark = markOf(play, settled);
  const expected = "it rejects with an error named TimeoutError, or with one as its cause";
  if (settled?.is !== "rejected") {
    const remark = "The time was over with no report: that is no result.";
    const outcome: Outcome = { is: "fail", expected, seen: ending(play), mark, ...(settled ? { remark } : {}) };
    return settled ? outcome : absent(play, outcome);
  }
  if (chain(settled.error).some((error) => error.name === "TimeoutError")) return { is: "pass" };
  const remark = remarkOn(settled.error);
  return { is: "fail", expected, seen: thrown(settled.error), mark, ...(remark ? { remark } : {}) };
}
