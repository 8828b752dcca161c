import { jsonOf } from "../../http/json.ts";
import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { ending, resolvedTo, sentAt } from "../../reading/client-words.ts";
import { clip } from "../../reading/clip.ts";
import { markOf, orders, readingOf, unsettled } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { isResultOf, jobOf } from "../../scenarios/client/job.ts";

export const clientImmediate: Clause = {
  id: "client.immediate",
  side: "client",
  level: "must",
  sentence: "a POST answered 200 is the result already: it settles with it and polls nothing",
  why:
    "A server may answer at once when the work is short. A client that polls all the same asks at an address that nobody gave it, " +
    "and loses a report that was there.",
  source: "RFC 9110, section 15.3.1 (200 OK); what the body holds is this workbook's convention",
  decided:
    'The POST returns 200 with "completed": the call resolves to its `result` and sends no GET. In lesson 5 the ' +
    'same for 200 with "failed": it rejects with an Error whose message contains the `error`. Both responses come ' +
    "without a Location.",
  hints: [
    "What does your client do with the body of a POST that is answered 200?",
    "It has the same form as a status answer: completed has a result, failed has an error.",
    "if (response.status === 200) return settle(await response.json()); and only after a 202 look at Location.",
  ],
  needs: [],
  yieldsTo: ["client.returns"],
  mayBeBlockedBy: ["client.posts-once", "client.throws"],
  scenarios: ["C-immediate", "C-immediate-failed"],
  check(evidence) {
    const done = readingOf(evidence, "C-immediate");
    const outcome = unlessNoOrder(done, checkDone(evidence, done));
    if (outcome.is !== "pass" || !evidence.world.graded.includes("choose.fast")) return outcome;
    const failed = readingOf(evidence, "C-immediate-failed");
    const told = checkFailed(evidence, failed);
    if (told.is === "pass") return told;
    return unlessNoOrder(failed, { is: "blocked", blockedBy: "client.throws", otherwise: told });
  },
};

function unlessNoOrder(reading: Reading, outcome: Outcome): Outcome {
  if (outcome.is === "pass" || orders(reading).length > 0) return outcome;
  return { is: "blocked", blockedBy: "client.posts-once", otherwise: outcome };
}

function checkDone(evidence: Evidence, reading: Reading): Outcome {
  const [poll] = reading.polls;
  if (poll)
    return { is: "fail", expected: "no request after the POST", seen: sentAt(poll), mark: markOf(reading, poll) };
  const job = jobOf(evidence.world, reading.scenario);
  const { settled } = reading;
  const mark = markOf(reading, settled);
  const expected = `it resolves to the result, ${clip(JSON.stringify(job.result), 50)}`;
  if (settled?.is !== "resolved") return unsettled(reading, { is: "fail", expected, seen: ending(reading), mark });
  if (settled.json !== null && isResultOf(job, jsonOf(settled.json))) return { is: "pass" };
  return { is: "fail", expected, seen: `it resolved to ${resolvedTo(settled.json, settled.type)}`, mark };
}

function checkFailed(evidence: Evidence, reading: Reading): Outcome {
  const [poll] = reading.polls;
  if (poll)
    return { is: "fail", expected: "no request after the POST", seen: sentAt(poll), mark: markOf(reading, poll) };
  const { error } = jobOf(evidence.world, reading.scenario);
  const { settled } = reading;
  if (settled?.is === "rejected" && settled.error.isError && settled.error.message.includes(error)) {
    return { is: "pass" };
  }
  const expected = `it rejects with an Error that says "${error}"`;
  return unsettled(reading, { is: "fail", expected, seen: ending(reading), mark: markOf(reading, settled) });
}
