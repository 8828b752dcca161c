/** Clauses on Retry-After when it is no plain number of seconds: a date, the past, nothing, a word, thirty days. */
import { markOf, playOf, slackMs, told } from "./client-read.ts";
import type { Play } from "./client-read.ts";
import { judgeWait, judgeWaits, waitsOf } from "./client-wait.ts";
import type { Wait } from "./client-wait.ts";
import { seconds } from "./client-words.ts";
import { pastSecondMs } from "./scenarios/client-answers.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";

export const httpDate: Clause = {
  id: "client.http-date",
  side: "client",
  level: "must",
  sentence: "an HTTP-date in Retry-After is obeyed too; a date in the past, or 0, makes no hot loop",
  why:
    "A server, or a proxy in front of it, may send a date at any time. parseInt makes NaN of it and setTimeout makes " +
    "1 ms of that: the client becomes the flood that the header should prevent.",
  source:
    "RFC 9110, sections 10.2.3 (Retry-After) and 5.6.7 (HTTP-date); Node.js docs, Timers, setTimeout (NaN is 1 ms)",
  hints: [
    'What does your client make of "Tue, 24 Nov 2026 14:02:11 GMT", and of a date an hour ago?',
    "Digits alone are seconds; anything else is tried as a date, less the time now. A wait never falls below a second.",
    "const ms = /^\\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now(); Math.max(ms, 1000)",
  ],
  needs: ["client.adapts"],
  yieldsTo: [],
  scenarios: ["C-date-ahead", "C-date-past"],
  check(evidence) {
    const ahead = judgeWaits(evidence, playOf(evidence, "C-date-ahead"), (wait) => {
      const ms = aheadMs(wait);
      return { fromMs: ms, toMs: 2 * ms + 2_000 };
    });
    if (ahead.is !== "pass") return ahead;
    const past = playOf(evidence, "C-date-past");
    return tooDense(evidence, past) ?? judgeWaits(evidence, past, () => ({ toMs: 31_000 }));
  },
};

/** From the answer's last byte to the date in it, ms; worked out from its Date header. */
function aheadMs({ answer, retryAfter }: Wait): number {
  return Date.parse(retryAfter ?? "") - Date.parse(told(answer, "date") ?? "") - pastSecondMs;
}

/** Three polls within a second: one may come at once, two in a row are a loop. */
function tooDense(evidence: Evidence, play: Play): Outcome | null {
  const polls = play.before.filter((sent) => sent.exchange.label !== "post");
  for (const [index, third] of polls.entries()) {
    const first = polls[index - 2];
    const answer = polls[index - 1];
    if (!first || !answer || third.sentMs - first.sentMs >= 1_000 - slackMs(evidence)) continue;
    const within = third.sentMs === first.sentMs ? "at once" : `within ${seconds(third.sentMs - first.sentMs)}`;
    return {
      is: "fail",
      expected: "no third poll within a second, whatever Retry-After says",
      seen: `three polls ${within}, after Retry-After: ${told(answer, "retry-after") ?? "-"}`,
      mark: markOf(play, third),
    };
  }
  return null;
}

const defaultRuns = ["C-default-missing", "C-default-soon"];

export const defaultWait: Clause = {
  id: "client.default-wait",
  side: "client",
  level: "must",
  sentence: "with no Retry-After, or with a value that is neither form of it, it waits between 1 s and 30 s",
  why:
    "Retry-After is optional, and proxies drop headers. A client that makes 0 or NaN of nothing polls as fast as the " +
    "line allows.",
  source: "RFC 9110, section 10.2.3 (the header may be absent); 1 s to 30 s is this workbook's range",
  hints: [
    "How long is your wait when the header is missing? And when it says soon?",
    "Number(null) is 0, parseInt of a word is NaN, and setTimeout of either fires at once. Have a default.",
    "return Number.isFinite(ms) ? Math.max(ms, 1000) : 5000; and the same when the header is null.",
  ],
  needs: ["client.adapts"],
  partNeeds: ["client.http-date"],
  yieldsTo: [],
  scenarios: defaultRuns,
  check(evidence) {
    const names = evidence.passed("client.http-date") ? defaultRuns : ["C-default-missing"];
    for (const name of names) {
      const outcome = judgeWaits(evidence, playOf(evidence, name), () => ({ fromMs: 1_000, toMs: 30_000 }));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

export const longWait: Clause = {
  id: "client.long-wait",
  side: "client",
  level: "should",
  sentence: "a Retry-After of 30 days does not become a hot loop: it waits, caps the wait, or gives up",
  why: "setTimeout overflows at 24.8 days and fires after 1 ms: the longest wait becomes the fastest loop.",
  source: "Node.js docs, Timers, setTimeout (over 2147483647 ms it is 1 ms); @azure/core-lro clamps for it",
  hints: [
    "What does setTimeout do with 2,592,000,000 ms? Try it.",
    "Cap the wait: a client that comes back after a minute or an hour does no harm.",
    "await wait(Math.min(ms, 60 * 60 * 1000));",
  ],
  needs: ["client.adapts"],
  // A timer of its own that polls beside the loop shows in a minute's silence too.
  yieldsTo: ["client.http-date", "client.stops"],
  scenarios: ["C-long-wait"],
  check(evidence) {
    const play = playOf(evidence, "C-long-wait");
    const remark = "setTimeout takes no more than 2147483647 ms; beyond that it fires at once.";
    for (const wait of waitsOf(play)) {
      const outcome = judgeWait(evidence, play, wait, { fromMs: 60_000 });
      if (outcome.is !== "fail") continue;
      // Who caps the wait too low makes no such loop.
      const isAtOnce = wait.next !== undefined && wait.next.sentMs - wait.doneMs < 100;
      return isAtOnce ? { ...outcome, remark } : outcome;
    }
    return judgeWaits(evidence, play, () => ({}));
  },
};
