import type { Clause, Outcome } from "../../model/clause.ts";
import type { ErrorRecord } from "../../model/recording.ts";
import { ending, sentAt, thrown } from "../../reading/client-words.ts";
import type { Reading, Sent } from "../../reading/client.ts";
import { chain, markOf, orders, readingOf, unsettled } from "../../reading/client.ts";

export const clientRefused: Clause = {
  id: "client.refused",
  side: "client",
  level: "must",
  sentence: "a POST answered 4xx or 5xx: it rejects with the status, and polls nothing",
  why:
    "fetch does not reject for a 400. A client that doesn't look polls /reports/undefined until somebody pulls the " +
    "plug, and its caller never learns that the order was refused.",
  source: "RFC 9110, sections 15.5 and 15.6 (4xx, 5xx); Fetch standard: an HTTP error does not reject (Response.ok)",
  decided:
    "The POST returns 400 with problem details, or 500 with HTML. The call sends no poll and rejects with the code " +
    "in the message, or as `status`, `statusCode` or `response.status`, of the error or one of its causes. POSTing " +
    "again gets a remark.",
  hints: [
    "What does your client do when the POST is answered 400? And 500, in HTML?",
    "Look at response.ok before you look at anything else in the answer; put the status into the error.",
    "if (!response.ok) throw new Error(`The order was refused: ${response.status}`);",
  ],
  needs: [],
  mayBeBlockedBy: ["client.posts-once", "client.stops"],
  // What goes wrong however the call ends is judged by client.returns.
  yieldsTo: ["client.returns"],
  scenarios: ["C-refused-400", "C-refused-500"],
  check(evidence) {
    let again: { readonly reading: Reading; readonly status: number; readonly sent: Sent } | undefined;
    for (const [name, status] of [
      ["C-refused-400", 400],
      ["C-refused-500", 500],
    ] as const) {
      const reading = readingOf(evidence, name);
      const outcome = tellsStatus(reading, status);
      again ??= reading.posts[1] && { reading, status, sent: reading.posts[1] };
      if (outcome.is === "pass") continue;
      return orders(reading).length > 0
        ? outcome
        : { is: "blocked", blockedBy: "client.posts-once", otherwise: outcome };
    }
    if (!again) return { is: "pass" };
    const remark = `It POSTs again after the ${again.status}: that may be a second order. Only the caller can decide that.`;
    return { is: "pass", remark, mark: markOf(again.reading, again.sent) };
  },
};

function tellsStatus(reading: Reading, status: number): Outcome {
  const { settled } = reading;
  const [poll] = reading.polls;
  if (poll) {
    const expected = `no poll: the POST was answered ${status}`;
    const outcome: Outcome = { is: "fail", expected, seen: sentAt(poll), mark: markOf(reading, poll) };
    return reading.after.includes(poll) ? { is: "blocked", blockedBy: "client.stops", otherwise: outcome } : outcome;
  }
  const mark = markOf(reading, settled);
  const expected = `it rejects with an error that tells ${status}`;
  if (settled?.is !== "rejected") return unsettled(reading, { is: "fail", expected, seen: ending(reading), mark });
  if (chain(settled.error).some((error) => tells(error, status))) return { is: "pass" };
  const remark = "Rejecting is right; say the status in the message, or as the error's status.";
  return { is: "fail", expected, seen: thrown(settled.error), mark, remark };
}

function tells(error: ErrorRecord, status: number): boolean {
  return error.status === status || new RegExp(`(?<!\\d)${status}(?!\\d)`).test(error.message);
}
