/** Clauses on the way to the result: what it resolves to, and where it polls. */
import {
  absent,
  hasInvalidUrl,
  markOf,
  orders,
  ordersOnce,
  playOf,
  statusUrl,
  strayPoll,
  told,
  unsettled,
} from "./client-read.ts";
import type { Play } from "./client-read.ts";
import { cut, ending, resolvedTo, sentAt } from "./client-words.ts";
import { isObject, jsonOf, sameJson } from "./read.ts";
import { isResultOf, jobOf } from "./scenarios/client-job.ts";
import type { Job } from "./scenarios/client-job.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";

const runs = ["C-returns-first-poll", "C-returns"];
const absolute = "C-follows-absolute";
const forms = [absolute, "C-follows-query", "C-follows-relative"];

export const returns: Clause = {
  id: "client.returns",
  side: "client",
  level: "must",
  sentence: "it resolves to the result of the completed answer, even when the first poll has it",
  why: "The report is what the caller asked for. An envelope, or undefined, breaks in their hands, far from here.",
  source: "the course: the polling loop ends with the result of the completed answer",
  hints: [
    "What does your promise become when a poll says completed?",
    "It is the answer's result, not the whole answer; and every path to it needs its return.",
    'if (job.status === "completed") return job.result;',
  ],
  needs: [],
  elses: ["client.posts-once", "client.follows-location"],
  yieldsTo: [],
  scenarios: runs,
  check(evidence) {
    const plays = runs.map((name) => playOf(evidence, name));
    const outcomes = plays.map((play) => resolves(evidence, play));
    const outcome = outcomes.find((one) => one.is !== "pass") ?? { is: "pass" };
    if (!plays.every(ordersOnce)) return { is: "else", clause: "client.posts-once", otherwise: outcome };
    if (plays.some((play) => isLost(evidence, play)))
      return { is: "else", clause: "client.follows-location", otherwise: outcome };
    return outcome;
  },
};

/** It polled elsewhere than Location, or could make no URL of it. */
function isLost(evidence: Evidence, play: Play): boolean {
  return strayPoll(play) !== undefined || hasInvalidUrl(play) || needsWholeUrl(evidence, play);
}

/** It polls where Location is a whole URL, and not here: whatever became of the URL, it was lost on the way. */
function needsWholeUrl(evidence: Evidence, play: Play): boolean {
  return play.polls.length === 0 && !play.ended && playOf(evidence, absolute).polls.length > 0;
}

function resolves(evidence: Evidence, play: Play): Outcome {
  const job = jobOf(evidence.world, play.scenario);
  const { settled } = play;
  const mark = markOf(play, settled);
  const expected = `it resolves to the result, ${cut(JSON.stringify(job.result), 50)}`;
  if (settled?.is !== "resolved") return unsettled(play, { is: "fail", expected, seen: ending(play), mark });
  const value = settled.json === null ? undefined : jsonOf(settled.json);
  if (isResultOf(job, value)) return { is: "pass" };
  const seen = `it resolved to ${resolvedTo(settled.json, settled.type)}`;
  return { is: "fail", expected, seen, mark, ...remarkOn(value, job, play, evidence) };
}

function remarkOn(value: unknown, job: Job, play: Play, { world }: Evidence): { remark?: string } {
  if (isObject(value)) {
    if (!isResultOf(job, value["result"])) return nearly(value, job);
    return { remark: "That is the whole answer; the report is its `result`." };
  }
  if (value !== undefined || play.polls.length === 0) return {};
  // A program has no value but what it prints.
  if (world.clock === "real") {
    return { remark: "No line on its standard output is JSON. Print the result there, as JSON, on one line." };
  }
  return { remark: "The answer was there. Is a return missing on the way?" };
}

/** Where much of the result is right, the field that is not. */
function nearly(value: Readonly<Record<string, unknown>>, { result }: Job): { remark?: string } {
  const { shelf: _free, ...agreed } = result;
  const fields = Object.entries(agreed);
  const wrong = fields.filter(([name, right]) => !sameJson(value[name], right));
  const [first] = wrong;
  if (!first || wrong.length === fields.length) return {};
  const [name, right] = first;
  const seen = name in value ? `is ${json(value[name])}` : "is missing";
  return { remark: `Nearly: its ${name} ${seen}, where the answer's result had ${json(right)}.` };
}

function json(value: unknown): string {
  return cut(JSON.stringify(value), 40);
}

export const followsLocation: Clause = {
  id: "client.follows-location",
  side: "client",
  level: "must",
  sentence: "it polls where Location says and builds no URL from the id",
  why:
    "Only the server knows its addresses. A client that builds them breaks on the day that they change, or when the " +
    "status lives on another path.",
  source:
    "RFC 9110, section 10.2.2: a relative Location is resolved against the request's URL; that a 202 has one is a " +
    "strong convention (OCI distribution-spec: clients should not assemble it)",
  hints: [
    "Where do your polls get their URL from?",
    "Location may be absolute, a path, or relative; the URL of the POST is its base. The id plays no part.",
    'const status = new URL(response.headers.get("Location"), response.url);',
  ],
  needs: [],
  elses: ["client.posts-once", "client.returns"],
  yieldsTo: [],
  scenarios: [...forms, ...runs],
  check(evidence) {
    const plays = [...forms, ...runs].map((name) => playOf(evidence, name));
    const found = plays.map(wrongWay).find((outcome) => outcome !== null);
    const idle = plays.find((play) => play.polls.length === 0);
    const outcome = found ?? (idle ? noPoll(evidence, idle) : { is: "pass" });
    if (!plays.every((play) => orders(play).length > 0)) {
      return { is: "else", clause: "client.posts-once", otherwise: outcome };
    }
    return outcome;
  },
};

const relative = "A relative Location needs a base: the URL that was POSTed to.";

function wrongWay(play: Play): Outcome | null {
  const status = statusUrl(play);
  if (!status) return null;
  const expected = `GET ${status.pathname}${status.search}, where Location leads`;
  const stray = strayPoll(play);
  if (stray) return { is: "fail", expected, seen: sentAt(stray), mark: markOf(play, stray) };
  if (!hasInvalidUrl(play)) return null;
  const header = (play.posts[0] && told(play.posts[0], "location")) ?? "";
  const seen = `no URL could be made of Location: ${cut(header, 40)}`;
  const remark = /^https?:/.test(header) ? "That is a whole URL: nothing belongs before it." : relative;
  return { is: "fail", expected, seen, remark, mark: markOf(play, play.settled) };
}

/** No poll in any run is no wrong way: client.returns names that. */
function noPoll(evidence: Evidence, play: Play): Outcome {
  const status = statusUrl(play);
  const expected = status
    ? `GET ${status.pathname}${status.search}, where Location leads`
    : "a GET where Location leads";
  const outcome: Outcome = { is: "fail", expected, seen: `no poll; ${ending(play)}`, mark: markOf(play, play.settled) };
  if (needsWholeUrl(evidence, play)) return { ...outcome, remark: relative };
  return { is: "else", clause: "client.returns", otherwise: absent(play, outcome) };
}
