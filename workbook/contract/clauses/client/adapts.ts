import type { Clause } from "../../model/clause.ts";
import { judgeWaits } from "../../reading/client-waits.ts";
import { readingOf } from "../../reading/client.ts";
import { atLeastRetryAfter, atMostTwiceRetryAfter } from "./retry-after-bounds.ts";

export const clientAdapts: Clause = {
  id: "client.adapts",
  side: "client",
  level: "must",
  sentence: "each wait obeys the latest answer",
  why:
    "The server changes its mind: busy now, nearly done later. A client that keeps the first Retry-After for good " +
    "asks too often or too late.",
  source: "RFC 9110, section 10.2.3; the same fault: Azure/azure-sdk-for-java, PR 11809",
  decided:
    'Three "processing" responses say Retry-After 2, 20 and 3. From the last byte of each to the next request, 2 ' +
    "to 5 s, 20 to 41 s and 3 to 7 s pass: at least the value, at most twice the value plus 1 s.",
  hints: [
    "Where do you read Retry-After: once, or after each answer?",
    "Read it inside the loop, from the answer that has just come.",
    "while (true) { const response = await fetch(…); … await wait(retryAfterMs(response.headers)); }",
  ],
  needs: ["client.not-late"],
  yieldsTo: [],
  scenarios: ["C-adapts"],
  check: (evidence) =>
    judgeWaits(evidence, readingOf(evidence, "C-adapts"), (wait) => ({
      ...atLeastRetryAfter(wait),
      ...atMostTwiceRetryAfter(wait),
    })),
};
