/** Clauses on trouble while polling: failed, gone, posted again, no JSON. */
import { markOf, ordersOnce, playOf, statusOf, unsettled } from "./client-read.ts";
import type { Play } from "./client-read.ts";
import { ending, sentAt, thrown } from "./client-words.ts";
import { isText } from "./read.ts";
import { jobOf } from "./scenarios/client-job.ts";
import type { Clause, Outcome } from "./types.ts";

/** Who orders again in this run is named by client.never-reposts alone. */
function unlessReposted(play: Play, outcome: Outcome): Outcome {
  if (outcome.is === "pass" || play.posts.length < 2) return outcome;
  return { is: "else", clause: "client.never-reposts", otherwise: outcome };
}

export const throws: Clause = {
  id: "client.throws",
  side: "client",
  level: "must",
  sentence: "a failed job: it rejects with an Error whose message holds the server's error",
  why:
    "The server has told why the work failed. A client that swallows it, or says [object Object], leaves its caller " +
    "with a riddle.",
  source: "the course: a failed status answer makes the client throw the server's error",
  hints: [
    "What becomes of your promise when a poll says failed?",
    "It is the third answer beside processing and completed: an Error, with the text of the answer's error.",
    'if (job.status === "failed") throw new Error(job.error);',
  ],
  needs: ["client.returns"],
  elses: ["client.never-reposts", "client.unknown-outcome"],
  yieldsTo: [],
  scenarios: ["C-throws"],
  check(evidence) {
    const play = playOf(evidence, "C-throws");
    return unlessReposted(play, tellsError(play, jobOf(evidence.world, play.scenario).error));
  },
};

function tellsError(play: Play, text: string): Outcome {
  const { settled } = play;
  const mark = markOf(play, settled);
  const expected = `it rejects with an Error that says "${text}"`;
  if (settled?.is !== "rejected") {
    const asked = play.before.findIndex((sent) => statusOf(sent) === "failed");
    const next = asked < 0 ? undefined : play.before[asked + 1];
    if (next) return { is: "fail", expected, seen: `it asked again: ${sentAt(next)}`, mark: markOf(play, next) };
    return unsettled(play, { is: "fail", expected, seen: ending(play), mark });
  }
  const { error } = settled;
  if (error.isError && error.message.includes(text)) return { is: "pass" };
  const seen = error.isError ? thrown(error) : `no Error, but the value ${thrown(error)}`;
  const remark = error.isError
    ? "Rejecting is right; the message must hold the error of the answer."
    : "Throw an Error: a bare value has no stack, and catch blocks don't expect it.";
  const outcome: Outcome = { is: "fail", expected, seen, mark, remark };
  // Who makes a bare value of each error has no TimeoutError either, and is named there.
  return error.isError ? outcome : { is: "else", clause: "client.unknown-outcome", otherwise: outcome };
}

const goneRuns = ["C-gone-404", "C-gone-410"];

export const gone: Clause = {
  id: "client.gone",
  side: "client",
  level: "must",
  sentence: "a poll answered 404 or 410: it rejects, and polls no more",
  why: "The job is not there, and asking again will not bring it back. A client that goes on asks for ever, and its caller waits.",
  source: "RFC 9110, sections 15.5.5 (404) and 15.5.11 (410)",
  hints: [
    "What does your loop do with a poll that is answered 404?",
    "404 and 410 are final: leave the loop with an Error that says so.",
    "if (response.status === 404 || response.status === 410) throw new Error(`The report is gone (${response.status}).`);",
  ],
  needs: ["client.returns"],
  elses: ["client.never-reposts", "client.stops"],
  // One helper for all requests that looks at no status: the order is the first to show it.
  yieldsTo: ["client.refused"],
  scenarios: goneRuns,
  check(evidence) {
    for (const name of goneRuns) {
      const play = playOf(evidence, name);
      const outcome = unlessReposted(play, givesUp(play));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function givesUp(play: Play): Outcome {
  const { settled } = play;
  const index = play.polls.findIndex(({ exchange }) => [404, 410].includes(exchange.response?.status ?? 0));
  const status = play.polls[index]?.exchange.response?.status ?? 404;
  const next = index < 0 ? undefined : play.polls[index + 1];
  if (next) {
    const expected = `no poll after the ${status}`;
    const outcome: Outcome = { is: "fail", expected, seen: sentAt(next), mark: markOf(play, next) };
    return play.after.includes(next) ? { is: "else", clause: "client.stops", otherwise: outcome } : outcome;
  }
  if (settled?.is === "rejected") return { is: "pass" };
  const expected = `it rejects after the ${status}`;
  return unsettled(play, { is: "fail", expected, seen: ending(play), mark: markOf(play, settled) });
}

const troubles = ["C-throws", "C-gone-404", "C-gone-410", "C-503", "C-429", "C-cut", "C-503-forever", "C-not-json"];

export const neverReposts: Clause = {
  id: "client.never-reposts",
  side: "client",
  level: "must",
  sentence: "no trouble while polling makes it POST again",
  why:
    "A poll that fails says nothing about the job: it still runs. A second POST starts a second one, and customers " +
    "have paid twice for that.",
  source: "RFC 9110, section 9.2.2: a request that is not idempotent is not repeated by itself",
  hints: [
    "Which part of your code does a failed poll send you back to?",
    "Order once, outside the loop; only the poll is tried again.",
    "const status = await order(…); while (true) { /* only GETs in here */ }",
  ],
  needs: [],
  elses: ["client.posts-once", "client.deadline"],
  yieldsTo: [],
  scenarios: [...troubles, "C-returns"],
  check(evidence) {
    const again = troubles.map((name) => ordersAgain(playOf(evidence, name))).find((one) => one !== null);
    let outcome: Outcome = again ?? { is: "pass" };
    // Who orders again whatever went wrong does so past the deadline too, and is named there.
    if (again && ordersAgain(playOf(evidence, "C-deadline"))) {
      outcome = { is: "else", clause: "client.deadline", otherwise: again };
    }
    if (ordersOnce(playOf(evidence, "C-returns"))) return outcome;
    return { is: "else", clause: "client.posts-once", otherwise: outcome };
  },
};

function ordersAgain(play: Play): Outcome | null {
  const again = play.posts[1];
  if (!again) return null;
  return {
    is: "fail",
    expected: "one POST, whatever the polls answer",
    seen: sentAt(again),
    mark: markOf(play, again),
  };
}

export const notJson: Clause = {
  id: "client.not-json",
  side: "client",
  level: "must",
  sentence: "a poll answered with something other than JSON: it rejects with a sentence, not with a parser's riddle",
  why:
    "A login page or a proxy's error comes as HTML, with 200. \"Unexpected token '<'\" sends the reader to the parser; " +
    "the truth is that somebody else answered.",
  source: "RFC 9110, section 8.3 (Content-Type says what a body is)",
  hints: [
    "A proxy answers a poll with an HTML page, and 200. What does your caller get to read?",
    "Look at the content type before you parse, or catch what the parser throws and say it in your own words.",
    'if (!/json/i.test(response.headers.get("Content-Type") ?? "")) throw new Error("The status answer is not JSON.");',
  ],
  needs: ["client.returns"],
  elses: ["client.never-reposts"],
  yieldsTo: [],
  scenarios: ["C-not-json"],
  check(evidence) {
    const play = playOf(evidence, "C-not-json");
    const { settled } = play;
    const mark = markOf(play, settled);
    const expected = "it rejects with a sentence that says that the answer is no JSON";
    if (settled?.is !== "rejected") {
      return unlessReposted(play, unsettled(play, { is: "fail", expected, seen: ending(play), mark }));
    }
    const { error } = settled;
    if (!error.isParserMessage && isText(error.message)) return { is: "pass" };
    return unlessReposted(play, { is: "fail", expected, seen: thrown(error), mark });
  },
};
