import type { Clause, Outcome } from "../../model/clause.ts";
import { ending, seconds, sentAt } from "../../reading/client-words.ts";
import { absent, markOf, orders, readingOf, slackMs } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { deadlineRuns, judgesPolling } from "./deadline-runs.ts";

export const clientDeadline: Clause = {
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
  decided:
    "With `timeoutMs: 2000` and a POST that gets no response, it settles 2.0 to 2.5 s after the call. From lesson " +
    "3 on, with 10000, Retry-After 3 and a job that never ends, it settles at 6.9 to 10.5 s, or earlier right at a " +
    "response if a wait of 7 s would miss the deadline. No request follows for 60 s. Programs aren't judged.",
  hints: [
    "What ends your call when the server says nothing at all?",
    "One deadline covers the whole call: the POST, each poll and each wait. Make it once, at the start.",
    "const deadline = AbortSignal.timeout(timeoutMs); fetch(url, { …, signal: deadline })",
  ],
  needs: [],
  partNeeds: ["client.waits"],
  mayBeBlockedBy: ["client.posts-once", "client.stops"],
  yieldsTo: [],
  needsCallOptions: true,
  scenarios: deadlineRuns,
  check(evidence) {
    const unanswered = readingOf(evidence, "C-deadline");
    const first = inTime(
      unanswered,
      2_000 - slackMs(evidence),
      2_500,
      "2.0 to 2.5 s after the call: timeoutMs is 2000",
    );
    if (first.is !== "pass" && orders(unanswered).length === 0) {
      return { is: "blocked", blockedBy: "client.posts-once", otherwise: first };
    }
    if (first.is !== "pass" || !judgesPolling(evidence)) return first;
    const polling = readingOf(evidence, "C-deadline-polling");
    const from = missesNextPoll(polling) ? 0 : 6_900 - slackMs(evidence);
    return inTime(polling, from, 10_500, "6.9 to 10.5 s after the call: timeoutMs is 10000");
  },
};

/**
 * True if it gave up right at an answer, because the longest wait that is allowed then (2 x 3 + 1 s) ends after the
 * deadline. A client with jitter may do that earlier than 6.9 s.
 */
function missesNextPoll(reading: Reading): boolean {
  const { settled } = reading;
  const last = reading.before.at(-1)?.doneMs;
  return !!settled && typeof last === "number" && last + 7_000 > 10_000 && settled.atMs - last < 10;
}

function inTime(reading: Reading, fromMs: number, toMs: number, window: string): Outcome {
  const { settled } = reading;
  const mark = markOf(reading, settled);
  if (!settled || settled.atMs < fromMs || settled.atMs > toMs) {
    const outcome: Outcome = { is: "fail", expected: `it settles ${window}`, seen: ending(reading), mark };
    return settled ? outcome : absent(reading, outcome);
  }
  const [late] = reading.after;
  if (!late) return { is: "pass" };
  const expected = `no request after it settled at ${seconds(settled.atMs)}`;
  const otherwise: Outcome = { is: "fail", expected, seen: sentAt(late), mark: markOf(reading, late) };
  return { is: "blocked", blockedBy: "client.stops", otherwise };
}
