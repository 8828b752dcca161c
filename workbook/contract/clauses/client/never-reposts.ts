import type { Clause, Outcome } from "../../model/clause.ts";
import { sentAt } from "../../reading/client-words.ts";
import { markOf, ordersOnce, readingOf } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";

const troubles = ["C-throws", "C-gone-404", "C-gone-410", "C-503", "C-429", "C-cut", "C-503-forever", "C-not-json"];

export const clientNeverReposts: Clause = {
  id: "client.never-reposts",
  side: "client",
  level: "must",
  sentence: "no trouble while polling makes it POST again",
  why:
    "A poll that fails says nothing about the job: it still runs. A second POST starts a second one, and customers " +
    "have paid twice for that.",
  source: "RFC 9110, section 9.2.2: a request that is not idempotent is not repeated by itself",
  decided:
    'Polls return "failed", 404, 410, 503 once, 503 without end, 429, nothing (the connection is cut) and HTML, in ' +
    "a run each. No run has a second POST, to any path, before or after the call settles.",
  hints: [
    "Which part of your code does a failed poll send you back to?",
    "Order once, outside the loop; only the poll is tried again.",
    "const status = await order(…); while (true) { /* only GETs in here */ }",
  ],
  needs: [],
  mayBeBlockedBy: ["client.posts-once", "client.deadline"],
  yieldsTo: [],
  scenarios: [...troubles, "C-returns"],
  check(evidence) {
    const again = troubles.map((name) => ordersAgain(readingOf(evidence, name))).find((one) => one !== null);
    let outcome: Outcome = again ?? { is: "pass" };
    // A client that orders again after any error does so past its deadline too; client.deadline judges that.
    if (again && ordersAgain(readingOf(evidence, "C-deadline"))) {
      outcome = { is: "blocked", blockedBy: "client.deadline", otherwise: again };
    }
    if (ordersOnce(readingOf(evidence, "C-returns"))) return outcome;
    return { is: "blocked", blockedBy: "client.posts-once", otherwise: outcome };
  },
};

function ordersAgain(reading: Reading): Outcome | null {
  const again = reading.posts[1];
  if (!again) return null;
  return {
    is: "fail",
    expected: "one POST, whatever the polls answer",
    seen: sentAt(again),
    mark: markOf(reading, again),
  };
}
