import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { judgeWaits } from "../../reading/client-waits.ts";
import type { Wait } from "../../reading/client-waits.ts";
import { seconds } from "../../reading/client-words.ts";
import { answerHeader, markOf, readingOf, slackMs } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { pastSecondMs } from "../../scenarios/client/answers.ts";

export const clientHttpDate: Clause = {
  id: "client.http-date",
  side: "client",
  level: "must",
  sentence: "an HTTP-date in Retry-After is obeyed too; a date in the past, or 0, makes no hot loop",
  why:
    "A server, or a proxy in front of it, may send a date at any time. parseInt makes NaN of it and setTimeout makes " +
    "1 ms of that: the client becomes the flood that the header should prevent.",
  source:
    "RFC 9110, sections 10.2.3 (Retry-After) and 5.6.7 (HTTP-date); Node.js docs, Timers, setTimeout (NaN is 1 ms)",
  decided:
    "Retry-After is a date 6.7 s and then 16.7 s after the response came, by its Date header: the next request " +
    "comes no earlier than that, and within twice the time plus 2 s. In a second run, five dates an hour ago and " +
    "then 0 three times, all without delay: never three polls within 1 s, and no wait over 31 s.",
  hints: [
    'What does your client make of "Tue, 24 Nov 2026 14:02:11 GMT", and of a date an hour ago?',
    "Digits alone are seconds; anything else is tried as a date, less the time now. A wait never falls below a second.",
    "const ms = /^\\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now(); Math.max(ms, 1000)",
  ],
  needs: ["client.adapts"],
  yieldsTo: [],
  scenarios: ["C-date-ahead", "C-date-past"],
  check(evidence) {
    const ahead = judgeWaits(evidence, readingOf(evidence, "C-date-ahead"), (wait) => {
      const ms = aheadMs(wait);
      return { fromMs: ms, toMs: 2 * ms + 2_000 };
    });
    if (ahead.is !== "pass") return ahead;
    const past = readingOf(evidence, "C-date-past");
    return tooDense(evidence, past) ?? judgeWaits(evidence, past, () => ({ toMs: 31_000 }));
  },
};

/** ms from the answer's last byte to the date in its Retry-After, by its Date header. */
function aheadMs({ answer, retryAfter }: Wait): number {
  return Date.parse(retryAfter ?? "") - Date.parse(answerHeader(answer, "date") ?? "") - pastSecondMs;
}

/** Fails at three polls within a second. One may come at once; two in a row are a hot loop. */
function tooDense(evidence: Evidence, reading: Reading): Outcome | null {
  const polls = reading.before.filter((sent) => sent.exchange.label !== "post");
  for (const [index, third] of polls.entries()) {
    const first = polls[index - 2];
    const answer = polls[index - 1];
    if (!first || !answer || third.sentMs - first.sentMs >= 1_000 - slackMs(evidence)) continue;
    const within = third.sentMs === first.sentMs ? "at once" : `within ${seconds(third.sentMs - first.sentMs)}`;
    return {
      is: "fail",
      expected: "no third poll within a second, whatever Retry-After says",
      seen: `three polls ${within}, after Retry-After: ${answerHeader(answer, "retry-after") ?? "-"}`,
      mark: markOf(reading, third),
    };
  }
  return null;
}
