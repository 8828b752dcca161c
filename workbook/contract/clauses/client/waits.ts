import type { Clause } from "../../model/clause.ts";
import type { Wait } from "../../reading/client-waits.ts";
import { judgeWaits } from "../../reading/client-waits.ts";
import { readingOf } from "../../reading/client.ts";
import { atLeastRetryAfter } from "./retry-after-bounds.ts";

function remarkOnEarly({ answer, doneMs, next, retryAfter }: Wait): string | null {
  if (!next || retryAfter === null) return null;
  const told = Number(retryAfter);
  if (Math.abs(next.sentMs - answer.sentMs - told * 1_000) <= 10) {
    return "The time is right, counted from the request; it counts from the answer.";
  }
  const gap = next.sentMs - doneMs;
  if (gap > told + 2) return null;
  return gap >= told - 1
    ? "Retry-After is in seconds; it was taken for milliseconds."
    : "That is no wait at all. Is it awaited (setTimeout gives no promise), and is its time a number (NaN is 1 ms)?";
}

export const clientWaits: Clause = {
  id: "client.waits",
  side: "client",
  level: "must",
  sentence: "after a processing answer it sends nothing for at least Retry-After",
  why:
    "The server says when asking is worth it. A thousand clients that ask seven times as often send six thousand " +
    "requests in seven seconds that learn nothing new.",
  source: "RFC 9110, section 10.2.3 (Retry-After: seconds, counted from receiving the answer)",
  decided:
    'Three responses say "processing" with Retry-After 7. From the last byte of each to the next request at least ' +
    "7 s pass (1 ms less is forgiven, for a program 50 ms). The first poll after the 202 may come at once.",
  hints: [
    "How long is the wait between a processing answer and your next poll, and who decides it?",
    "Retry-After is in seconds, timers are in milliseconds, and the wait begins when the answer is there.",
    'await wait(Number(response.headers.get("Retry-After")) * 1000) before the next poll, each time. It is a first ' +
      "step: the lesson's table says what it makes of other values.",
  ],
  needs: ["client.returns"],
  yieldsTo: [],
  scenarios: ["C-waits"],
  check: (evidence) => judgeWaits(evidence, readingOf(evidence, "C-waits"), atLeastRetryAfter, remarkOnEarly),
};
