import { headerOf } from "../../http/headers.ts";
import type { Clause } from "../../model/clause.ts";
import { seconds } from "../../reading/server-words.ts";
import { failOf } from "../../reading/server.ts";
import { whileWaiting } from "../../reading/waiting.ts";

export const retryAfterPresent: Clause = {
  id: "retry-after.present",
  side: "server",
  level: "must",
  sentence: "every processing answer says with Retry-After when to ask again",
  why:
    "Only the server knows how long the work takes. Without a word from it each client makes up a pace: " +
    "a thousand clients that ask each second are a thousand requests a second that learn nothing.",
  source: "RFC 9110, section 10.2.3; on a 200 it is a convention (JSON:API recommendations, Asynchronous Processing)",
  decided:
    "While a full report runs, each response to the GETs at 0.1, 1.3, 2.7 and 4.2 s has a Retry-After header, and " +
    'so do later ones that still say "processing". Its value isn\'t judged here.',
  hints: [
    "Look at the headers of a status answer while the work runs.",
    "Retry-After belongs on each answer that says processing, not only on the first.",
    'if (job.status === "processing") c.header("Retry-After", "2");',
  ],
  needs: [],
  mayBeBlockedBy: ["status.processing"],
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
