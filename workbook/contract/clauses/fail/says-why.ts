import { fieldOf } from "../../http/json.ts";
import type { Clause } from "../../model/clause.ts";
import { failingGenre, failingJob } from "../../reading/failing.ts";
import { field, shown } from "../../reading/server-words.ts";
import { absent, failOf, objectOf } from "../../reading/server.ts";

export const failSaysWhy: Clause = {
  id: "fail.says-why",
  side: "server",
  level: "must",
  sentence: "the error names the genre that it could not find",
  why: '"Internal error" sends the caller to you. An error that names the wrong value lets callers correct it by themselves.',
  source: "RFC 9457, section 3.1.4: a detail ought to help the client to correct the problem",
  decided:
    "The `error` of the failed status contains the genre that was requested, in upper or lower case. Nothing else " +
    "about its words is judged.",
  hints: [
    "Read the error as somebody who cannot see your code. What would you change in the order?",
    "Say which value was wrong: the genre belongs in the sentence.",
    "throw new ReportError(`No book has the genre ${genre}.`);",
  ],
  needs: ["fail.reported"],
  yieldsTo: [],
  scenarios: ["S6a"],
  check(evidence) {
    const failing = failingJob(evidence);
    const { reading, reportedAtOnce, finalAnswer } = failing;
    if (reportedAtOnce) return { is: "pass" };
    if (!finalAnswer) return absent(reading, { is: "pass" });
    const error = String(fieldOf(objectOf(finalAnswer), "error"));
    const genre = failingGenre(failing);
    if (error.toLowerCase().includes(genre.toLowerCase())) return { is: "pass" };
    return failOf("S6a", finalAnswer, {
      expected: `an error that names ${shown(genre)}`,
      seen: field("error", error, 60),
      on: "body",
    });
  },
};
