import type { Clause } from "../../model/clause.ts";
import type { Wait } from "../../reading/client-waits.ts";
import { judgeWaits } from "../../reading/client-waits.ts";
import { readingOf } from "../../reading/client.ts";
import { atMostTwiceRetryAfter } from "./retry-after-bounds.ts";

function remarkOnLate({ doneMs, next, retryAfter }: Wait): string | null {
  const told = Number(retryAfter) * 60_000;
  return next && next.sentMs - doneMs >= told ? "Retry-After is in seconds; it was taken for minutes." : null;
}

export const clientNotLate: Clause = {
  id: "client.not-late",
  side: "client",
  level: "must",
  sentence: "and it polls within twice that time plus 1 s",
  why: "The report is ready and nobody fetches it: the caller waits for nothing. A little jitter is welcome, a nap is not.",
  source: "RFC 9110, section 10.2.3; the limit of twice the time, plus a second, is this workbook's",
  decided:
    'After each of three "processing" responses with Retry-After 7, the next request comes within 15 s of the last ' +
    "byte. When the first poll after the 202 comes isn't judged.",
  hints: [
    "Which of your waits is longer than the server asked for?",
    "Wait what Retry-After says, or a little more; don't multiply it, and don't double it from poll to poll.",
    "const ms = seconds * 1000 * (1 + Math.random() * 0.2); // jitter, well within the limit",
  ],
  needs: ["client.waits"],
  yieldsTo: [],
  scenarios: ["C-waits"],
  check: (evidence) => judgeWaits(evidence, readingOf(evidence, "C-waits"), atMostTwiceRetryAfter, remarkOnLate),
};
