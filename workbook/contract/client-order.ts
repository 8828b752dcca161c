/** Clauses on the order itself: one POST, and an answer that is the result already. */
import { absent, markOf, orders, playOf, unsettled } from "./client-read.ts";
import type { Play } from "./client-read.ts";
import { cut, ending, named, resolvedTo, sentAt } from "./client-words.ts";
import { headerOf, isJsonType, isObject, jsonOf, sameJson } from "./read.ts";
import { isResultOf, jobOf } from "./scenarios/client-job.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";

const returns = ["C-returns-first-poll", "C-returns"];

export const postsOnce: Clause = {
  id: "client.posts-once",
  side: "client",
  level: "must",
  sentence: "it sends exactly one POST to /reports, with the params as JSON and a JSON content type",
  why:
    "Each POST starts a job: send two, and you pay for two reports. And a server that is not told that the body is " +
    "JSON may refuse it, or read it as plain text.",
  source: "RFC 9110, sections 9.3.3 (POST), 9.2.2 (it is not idempotent) and 8.3 (Content-Type)",
  hints: [
    "Look at the first request on the wire: its method, its content type, its body.",
    "The body is the params themselves as JSON, not wrapped in anything; fetch sets no JSON content type by itself.",
    '{ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(params) }',
  ],
  needs: [],
  yieldsTo: [],
  scenarios: ["C-immediate", ...returns],
  check(evidence) {
    for (const name of evidence.graded("client.returns") ? returns : ["C-immediate"]) {
      const outcome = checkOrder(evidence, playOf(evidence, name));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function checkOrder(evidence: Evidence, play: Play): Outcome {
  const [first, second] = play.posts;
  if (!first) {
    const [poll] = play.polls;
    const seen = poll ? `no POST, but ${sentAt(poll)}` : `no request; ${ending(play)}`;
    return absent(play, {
      is: "fail",
      expected: "one POST to /reports",
      seen,
      mark: markOf(play, poll ?? play.settled),
    });
  }
  const mark = markOf(play, first);
  if (orders(play)[0] !== first) return { is: "fail", expected: "POST /reports", seen: named(first), mark };
  if (second) {
    return { is: "fail", expected: "one POST", seen: `a second one: ${sentAt(second)}`, mark: markOf(play, second) };
  }
  const { request } = first.exchange;
  const type = headerOf(request, "content-type");
  if (!isJsonType(type)) {
    const seen = type === null ? "no Content-Type" : `Content-Type: ${cut(type, 50)}`;
    return { is: "fail", expected: "Content-Type: application/json", seen, mark };
  }
  const { params } = jobOf(evidence.world, play.scenario);
  const body = jsonOf(request.body);
  if (isObject(body) && Object.entries(params).every(([key, value]) => sameJson(body[key], value)))
    return { is: "pass" };
  return {
    is: "fail",
    expected: `a body with ${JSON.stringify(params)}`,
    seen: request.body ? `the body ${cut(request.body, 60)}` : "no body",
    ...(wraps(body, params)
      ? { remark: "The params are there, but wrapped: the server looks for them at the top." }
      : {}),
    mark,
  };
}

/** Some value of the body holds the params. */
function wraps(body: unknown, params: Readonly<Record<string, unknown>>): boolean {
  return isObject(body) && Object.values(body).some((value) => sameJson(value, params));
}

export const immediate: Clause = {
  id: "client.immediate",
  side: "client",
  level: "must",
  sentence: "a POST answered 200 is the result already: it settles with it and polls nothing",
  why:
    "A server may answer at once when the work is short. A client that polls all the same asks at an address that nobody gave it, " +
    "and loses a report that was there.",
  source: "RFC 9110, section 15.3.1 (200 OK); what the body holds is this workbook's convention",
  hints: [
    "What does your client do with the body of a POST that is answered 200?",
    "It has the same form as a status answer: completed has a result, failed has an error.",
    "if (response.status === 200) return settle(await response.json()); and only after a 202 look at Location.",
  ],
  needs: [],
  yieldsTo: ["client.returns"],
  elses: ["client.posts-once", "client.throws"],
  scenarios: ["C-immediate", "C-immediate-failed"],
  check(evidence) {
    const done = playOf(evidence, "C-immediate");
    const outcome = unlessNoOrder(done, checkDone(evidence, done));
    if (outcome.is !== "pass" || !evidence.world.graded.includes("choose.fast")) return outcome;
    const failed = playOf(evidence, "C-immediate-failed");
    const told = checkFailed(evidence, failed);
    if (told.is === "pass") return told;
    return unlessNoOrder(failed, { is: "else", clause: "client.throws", otherwise: told });
  },
};

function unlessNoOrder(play: Play, outcome: Outcome): Outcome {
  if (outcome.is === "pass" || orders(play).length > 0) return outcome;
  return { is: "else", clause: "client.posts-once", otherwise: outcome };
}

function checkDone(evidence: Evidence, play: Play): Outcome {
  const [poll] = play.polls;
  if (poll) return { is: "fail", expected: "no request after the POST", seen: sentAt(poll), mark: markOf(play, poll) };
  const job = jobOf(evidence.world, play.scenario);
  const { settled } = play;
  const mark = markOf(play, settled);
  const expected = `it resolves to the result, ${cut(JSON.stringify(job.result), 50)}`;
  if (settled?.is !== "resolved") return unsettled(play, { is: "fail", expected, seen: ending(play), mark });
  if (settled.json !== null && isResultOf(job, jsonOf(settled.json))) return { is: "pass" };
  return { is: "fail", expected, seen: `it resolved to ${resolvedTo(settled.json, settled.type)}`, mark };
}

function checkFailed(evidence: Evidence, play: Play): Outcome {
  const [poll] = play.polls;
  if (poll) return { is: "fail", expected: "no request after the POST", seen: sentAt(poll), mark: markOf(play, poll) };
  const { error } = jobOf(evidence.world, play.scenario);
  const { settled } = play;
  if (settled?.is === "rejected" && settled.error.isError && settled.error.message.includes(error)) {
    return { is: "pass" };
  }
  const expected = `it rejects with an Error that says "${error}"`;
  return unsettled(play, { is: "fail", expected, seen: ending(play), mark: markOf(play, settled) });
}
