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
