import { headerOf } from "../../http/headers.ts";
import type { Clause } from "../../model/clause.ts";
import { answered } from "../../reading/server-words.ts";
import { absent, failOf, jobIn, readingOf } from "../../reading/server.ts";

export const retryAfterOnAccept: Clause = {
  id: "retry-after.on-accept",
  side: "server",
  level: "should",
  sentence: "the 202 has it too, so that the first poll is timed as well",
  why: "Without it the first poll is a guess. Too early, and it learns nothing; and every order makes one.",
  source:
    "a convention: 202 with Location and Retry-After (Azure Architecture Center). Real: polled too early, given up (azure-sdk-for-net #44147)",
  decided:
    "The response to the POST of a full report has a Retry-After header. Its value is left to retry-after.valid " +
    "and retry-after.useful.",
  hints: ["Look at the headers of the 202.", 'return c.json(job, 202, { Location: …, "Retry-After": "2" });'],
  needs: ["accept.status"],
  yieldsTo: ["retry-after.present", "accept.body"],
  scenarios: ["S1"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const post = jobIn(reading, "A")?.post;
    if (!post?.exchange.response) return absent(reading, { is: "pass" });
    if (headerOf(post.exchange.response, "retry-after") !== null) return { is: "pass" };
    return failOf("S1", post, {
      expected: "Retry-After on the 202",
      seen: `${answered(post.exchange)} without it`,
      on: "status",
    });
  },
};
