import { headerOf } from "../../http/headers.ts";
import type { Clause } from "../../model/clause.ts";
import { clip } from "../../reading/clip.ts";
import { failOf, isOver, readingOf, word } from "../../reading/server.ts";

export const retryAfterOnlyWaiting: Clause = {
  id: "retry-after.only-waiting",
  side: "server",
  level: "should",
  sentence: "completed and failed answers have no Retry-After",
  why: "It asks to come back. Whoever obeys polls on, though there is nothing more to come.",
  source: "a convention: RFC 9110, section 10.2.3 gives it for a follow-up request, and here none is wanted",
  decided:
    'No response that says "completed" or "failed" has a Retry-After header. This is looked at in three reports ' +
    "that succeed and, from lesson 4 on, one that fails.",
  hints: [
    "Does a completed answer still say when to ask again?",
    "Set the header only where the status is processing.",
  ],
  needs: ["status.completed"],
  yieldsTo: [],
  scenarios: ["S1", "S6a"],
  check(evidence) {
    for (const scenario of ["S1", "S6a"]) {
      for (const { reads } of readingOf(evidence, scenario).jobs) {
        for (const answer of reads.filter(isOver)) {
          const value = answer.exchange.response && headerOf(answer.exchange.response, "retry-after");
          if (value === null || value === undefined) continue;
          const seen = `Retry-After: ${clip(value, 40)} on a ${word(answer)} answer`;
          return failOf(scenario, answer, {
            expected: "no Retry-After once it is over",
            seen,
            on: "header:retry-after",
          });
        }
      }
    }
    return { is: "pass" };
  },
};
