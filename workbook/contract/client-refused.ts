/** Clauses on an order that is refused, or accepted with no word of where. */
import { absent, chain, hasInvalidUrl, markOf, orders, playOf, unsettled } from "./client-read.ts";
import type { Play, Sent } from "./client-read.ts";
import { ending, sentAt, thrown } from "./client-words.ts";
import { isText } from "./read.ts";
import type { Clause, ErrorRecord, Outcome } from "./types.ts";

export const refused: Clause = {
  id: "client.refused",
  side: "client",
  level: "must",
  sentence: "a POST answered 4xx or 5xx: it rejects with the status, and polls nothing",
  why:
    "fetch does not reject for a 400. A client that doesn't look polls /reports/undefined until somebody pulls the " +
    "plug, and its caller never learns that the order was refused.",
  source: "RFC 9110, sections 15.5 and 15.6 (4xx, 5xx); Fetch standard: an HTTP error does not reject (Response.ok)",
  hints: [
    "What does your client do when the POST is answered 400? And 500, in HTML?",
    "Look at response.ok before you look at anything else in the answer; put the status into the error.",
    "if (!response.ok) throw new Error(`The order was refused: ${response.status}`);",
  ],
  needs: [],
  elses: ["client.posts-once", "client.stops"],
  // What goes wrong on every way out does so on the good one first.
  yieldsTo: ["client.returns"],
  scenarios: ["C-refused-400", "C-refused-500"],
  check(evidence) {
    let again: { readonly play: Play; readonly status: number; readonly sent: Sent } | undefined;
    for (const [name, status] of [
      ["C-refused-400", 400],
      ["C-refused-500", 500],
    ] as const) {
      const play = playOf(evidence, name);
      const outcome = tellsStatus(play, status);
      again ??= play.posts[1] && { play, status, sent: play.posts[1] };
      if (outcome.is === "pass") continue;
      return orders(play).length > 0 ? outcome : { is: "else", clause: "client.posts-once", otherwise: outcome };
    }
    if (!again) return { is: "pass" };
    const remark = `It POSTs again after the ${again.status}: that may be a second order. Only the caller can decide that.`;
    return { is: "pass", remark, mark: markOf(again.play, again.sent) };
  },
};

function tellsStatus(play: Play, status: number): Outcome {
  const { settled } = play;
  const [poll] = play.polls;
  if (poll) {
    const expected = `no poll: the POST was answered ${status}`;
    const outcome: Outcome = { is: "fail", expected, seen: sentAt(poll), mark: markOf(play, poll) };
    return play.after.includes(poll) ? { is: "else", clause: "client.stops", otherwise: outcome } : outcome;
  }
  const mark = markOf(play, settled);
  const expected = `it rejects with an error that tells ${status}`;
  if (settled?.is !== "rejected") return unsettled(play, { is: "fail", expected, seen: ending(play), mark });
  if (chain(settled.error).some((error) => tells(error, status))) return { is: "pass" };
  const remark = "Rejecting is right; say the status in the message, or as the error's status.";
  return { is: "fail", expected, seen: thrown(settled.error), mark, remark };
}

function tells(error: ErrorRecord, status: number): boolean {
  return error.status === status || new RegExp(`(?<!\\d)${status}(?!\\d)`).test(error.message);
}

export const noLocation: Clause = {
  id: "client.no-location",
  side: "client",
  level: "must",
  sentence: "a 202 without Location: it rejects with a sentence and guesses no URL",
  why:
    "headers.get gives null, and null becomes the path /null without a sound. One clear sentence here saves an hour " +
    "of reading logs there.",
  source: "convention: a 202 points to a status monitor (RFC 9110, section 15.3.3, says that it ought to)",
  hints: [
    'What is response.headers.get("Location") when there is none, and what does your client do with it?',
    "No address, no poll: say so in an Error, and build none from the id.",
    'if (location === null) throw new Error("The 202 has no Location: nobody knows where the status is.");',
  ],
  needs: ["client.follows-location"],
  elses: ["client.stops"],
  yieldsTo: [],
  scenarios: ["C-no-location"],
  check(evidence) {
    const play = playOf(evidence, "C-no-location");
    const { settled } = play;
    const [poll] = play.polls;
    if (poll) {
      const expected = "no poll: the 202 has no Location";
      return { is: "fail", expected, seen: sentAt(poll), mark: markOf(play, poll) };
    }
    const mark = markOf(play, settled);
    const expected = "it rejects with an Error that says what is missing";
    if (settled?.is !== "rejected") return absent(play, { is: "fail", expected, seen: ending(play), mark });
    if (!isText(settled.error.message)) return { is: "fail", expected, seen: "an error without a message", mark };
    if (!hasInvalidUrl(play)) return { is: "pass" };
    return {
      is: "pass",
      remark: "It rejects, with the URL parser's words. A sentence of your own would say why.",
      mark,
    };
  },
};
