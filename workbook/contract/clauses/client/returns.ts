import { isObject, jsonOf, sameJson } from "../../http/json.ts";
import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { ending, resolvedTo } from "../../reading/client-words.ts";
import { clip } from "../../reading/clip.ts";
import { hasInvalidUrl, markOf, ordersOnce, readingOf, strayPoll, unsettled } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { isResultOf, jobOf } from "../../scenarios/client/job.ts";
import type { Job } from "../../scenarios/client/job.ts";
import { needsWholeUrl, resultRuns } from "./runs.ts";

export const clientReturns: Clause = {
  id: "client.returns",
  side: "client",
  level: "must",
  sentence: "it resolves to the result of the completed answer, even when the first poll has it",
  why: "The report is what the caller asked for. An envelope, or undefined, breaks in their hands, far from here.",
  source: "the course: the polling loop ends with the result of the completed answer",
  decided:
    'In one run the first poll returns "completed", in another the second. The call resolves to the `result`, not ' +
    "to the whole response. It may leave out fields that weren't agreed on, and adds none. When it polls isn't " +
    "judged here.",
  hints: [
    "What does your promise become when a poll says completed?",
    "It is the answer's result, not the whole answer; and every path to it needs its return.",
    'if (job.status === "completed") return job.result;',
  ],
  needs: [],
  mayBeBlockedBy: ["client.posts-once", "client.follows-location"],
  yieldsTo: [],
  scenarios: resultRuns,
  check(evidence) {
    const readings = resultRuns.map((name) => readingOf(evidence, name));
    const outcomes = readings.map((reading) => resolves(evidence, reading));
    const outcome = outcomes.find((one) => one.is !== "pass") ?? { is: "pass" };
    if (!readings.every(ordersOnce)) return { is: "blocked", blockedBy: "client.posts-once", otherwise: outcome };
    if (readings.some((reading) => isLost(evidence, reading)))
      return { is: "blocked", blockedBy: "client.follows-location", otherwise: outcome };
    return outcome;
  },
};

/** True if it did not poll where Location leads. */
function isLost(evidence: Evidence, reading: Reading): boolean {
  return strayPoll(reading) !== undefined || hasInvalidUrl(reading) || needsWholeUrl(evidence, reading);
}

function resolves(evidence: Evidence, reading: Reading): Outcome {
  const job = jobOf(evidence.world, reading.scenario);
  const { settled } = reading;
  const mark = markOf(reading, settled);
  const expected = `it resolves to the result, ${clip(JSON.stringify(job.result), 50)}`;
  if (settled?.is !== "resolved") return unsettled(reading, { is: "fail", expected, seen: ending(reading), mark });
  const value = settled.json === null ? undefined : jsonOf(settled.json);
  if (isResultOf(job, value)) return { is: "pass" };
  const seen = `it resolved to ${resolvedTo(settled.json, settled.type)}`;
  return { is: "fail", expected, seen, mark, ...remarkOn(value, job, reading, evidence) };
}

function remarkOn(value: unknown, job: Job, reading: Reading, { world }: Evidence): { remark?: string } {
  if (isObject(value)) {
    if (!isResultOf(job, value["result"])) return nearly(value, job);
    return { remark: "That is the whole answer; the report is its `result`." };
  }
  if (value !== undefined || reading.polls.length === 0) return {};
  // A program's result is what it prints.
  if (world.clock === "real") {
    return { remark: "No line on its standard output is JSON. Print the result there, as JSON, on one line." };
  }
  return { remark: "The answer was there. Is a return missing on the way?" };
}

/** A remark that names the wrong field where others are right. */
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
  return clip(JSON.stringify(value), 40);
}
