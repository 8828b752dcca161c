/** When to ask again, and that no cache answers instead. */

import { headerOf } from "./read.ts";
import { absent, failOf, isOver, jobIn, playOf, word } from "./server-read.ts";
import type { Answer } from "./server-read.ts";
import { retryAfterUseful, retryAfterValid } from "./retry-after-value.ts";
import { waiting } from "./waiting.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, cut, seconds } from "./words.ts";

/** Judged only if a processing answer was seen. */
function whileWaiting(evidence: Evidence, check: (answers: readonly Answer[]) => Outcome): Outcome {
  const play = playOf(evidence, "S1");
  const answers = waiting(play);
  if (answers.length > 0) return check(answers);
  const otherwise: Outcome = { is: "fail", expected: "an answer while the work runs", seen: "none was seen" };
  return { is: "else", clause: "status.processing", otherwise: absent(play, otherwise) };
}

const present: Clause = {
  id: "retry-after.present",
  side: "server",
  level: "must",
  sentence: "every processing answer says with Retry-After when to ask again",
  why:
    "Only the server knows how long the work takes. Without a word from it each client makes up a pace: " +
    "a thousand clients that ask each second are a thousand requests a second that learn nothing.",
  source: "RFC 9110, section 10.2.3; on a 200 it is a convention (JSON:API recommendations, Asynchronous Processing)",
  hints: [
    "Look at the headers of a status answer while the work runs.",
    "Retry-After belongs on each answer that says processing, not only on the first.",
    'if (job.status === "processing") c.header("Retry-After", "2");',
  ],
  needs: [],
  elses: ["status.processing"],
  yieldsTo: [],
  scenarios: ["S1"],
  check: (evidence) =>
    whileWaiting(evidence, (answers) => {
      const without = answers.find(
        ({ exchange }) => exchange.response && headerOf(exchange.response, "retry-after") === null,
      );
      if (!without) return { is: "pass" };
      const names = without.exchange.response?.headers.map(([name]) => name) ?? [];
      const near = names.find((name) => /retry|poll/i.test(name));
      const seen = near ? `${near}, and no Retry-After` : `none on the answer at ${seconds(without.atMs)}`;
      return failOf("S1", without, { expected: "a Retry-After header on every processing answer", seen, on: "status" });
    }),
};

const onlyWaiting: Clause = {
  id: "retry-after.only-waiting",
  side: "server",
  level: "should",
  sentence: "completed and failed answers have no Retry-After",
  why: "It asks to come back. Whoever obeys polls on, though there is nothing more to come.",
  source: "a convention: RFC 9110, section 10.2.3 gives it for a follow-up request, and here none is wanted",
  hints: [
    "Does a completed answer still say when to ask again?",
    "Set the header only where the status is processing.",
  ],
  needs: ["status.completed"],
  yieldsTo: [],
  scenarios: ["S1", "S6a"],
  check(evidence) {
    for (const scenario of ["S1", "S6a"]) {
      for (const { reads } of playOf(evidence, scenario).jobs) {
        for (const answer of reads.filter(isOver)) {
          const value = answer.exchange.response && headerOf(answer.exchange.response, "retry-after");
          if (value === null || value === undefined) continue;
          const seen = `Retry-After: ${cut(value, 40)} on a ${word(answer)} answer`;
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

const onAccept: Clause = {
  id: "retry-after.on-accept",
  side: "server",
  level: "should",
  sentence: "the 202 has it too, so that the first poll is timed as well",
  why: "Without it the first poll is a guess. Too early, and it learns nothing; and every order makes one.",
  source:
    "a convention: 202 with Location and Retry-After (Azure Architecture Center). Real: polled too early, given up (azure-sdk-for-net #44147)",
  hints: ["Look at the headers of the 202.", 'return c.json(job, 202, { Location: …, "Retry-After": "2" });'],
  needs: ["accept.status"],
  yieldsTo: ["retry-after.present", "accept.body"],
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const post = jobIn(play, "A")?.post;
    if (!post?.exchange.response) return absent(play, { is: "pass" });
    if (headerOf(post.exchange.response, "retry-after") !== null) return { is: "pass" };
    return failOf("S1", post, {
      expected: "Retry-After on the 202",
      seen: `${answered(post.exchange)} without it`,
      on: "status",
    });
  },
};

const noStale: Clause = {
  id: "cache.no-stale",
  side: "server",
  level: "should",
  sentence: "a processing answer forbids its reuse, with Cache-Control",
  why:
    "A plain 200 may be kept by any cache on the way, by a rule of thumb of its own. " +
    "Then a client polls the cache, and is told processing long after the report is there.",
  source: "RFC 9110, section 15.1; RFC 9111, section 4.2.2: a 200 is heuristically cacheable",
  hints: ["What keeps a cache from answering the next poll?", 'c.header("Cache-Control", "no-store")'],
  needs: [],
  elses: ["status.processing"],
  yieldsTo: [],
  scenarios: ["S1"],
  check: (evidence) =>
    whileWaiting(evidence, (answers) => {
      const stale = answers.find(
        ({ exchange }) => exchange.response && !forbidsReuse(headerOf(exchange.response, "cache-control")),
      );
      if (!stale) return { is: "pass" };
      const value = stale.exchange.response && headerOf(stale.exchange.response, "cache-control");
      const seen = value === null ? `no Cache-Control at ${seconds(stale.atMs)}` : `Cache-Control: ${cut(value, 50)}`;
      const on = value === null ? "status" : "header:cache-control";
      return failOf("S1", stale, { expected: "Cache-Control: no-store", seen, on });
    }),
};

function forbidsReuse(value: string | null): boolean {
  const directives = (value ?? "")
    .toLowerCase()
    .split(",")
    .map((one) =>
      one
        .trim()
        .replace(/\s*=\s*/, "=")
        .replaceAll('"', ""),
    );
  return directives.some((one) => one === "no-store" || one === "no-cache" || one === "max-age=0");
}

export const retryAfter: readonly Clause[] = [
  present,
  retryAfterValid,
  retryAfterUseful,
  onlyWaiting,
  onAccept,
  noStale,
];
