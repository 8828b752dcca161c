import { fieldOf } from "../../http/json.ts";
import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import type { World } from "../../model/world.ts";
import { countFault } from "../../reading/report.ts";
import { answered, field, seconds } from "../../reading/server-words.ts";
import {
  absent,
  answersTo,
  changed,
  endedIn,
  expectedCount,
  failOf,
  frameFault,
  isOver,
  jobIn,
  markOf,
  objectOf,
  paramsOf,
  readingOf,
  word,
} from "../../reading/server.ts";
import type { Answer, Fault, Job, Reading } from "../../reading/server.ts";

export const statusIsolated: Clause = {
  id: "status.isolated",
  side: "server",
  level: "must",
  sentence: "jobs side by side do not touch each other's state or result",
  why:
    "With one client all looks right. With two, one of them reads the other's report, " +
    "which is a wrong answer at best and a leak at worst.",
  source: "RFC 9110, section 15.3.3: a status monitor tells of the request that it was given for",
  decided:
    "Two equal full reports, one of another genre, and a summary of all books run side by side. At 1.1, 2.6, 5.7, " +
    '11.0, 16.3, 21.6 and 26.9 s each GET returns 200, its own `id`, and "processing" or, from 4 s on (summary: ' +
    'any time), "completed" with the right count, for good. All are done by 26.9 s. A finished job reads the same ' +
    "after later jobs.",
  hints: [
    "Order two reports at once, with different genres, and read both.",
    "What belongs to one job must not be in a variable of the module: pass the params along, and keep state and result under the id.",
    'async function runJob(id, params) { const result = await makeReport(params); jobs.set(id, { id, status: "completed", result }); }',
  ],
  needs: ["status.result", "accept.unique"],
  mayBeBlockedBy: ["accept.status", "choose.fast"],
  yieldsTo: ["status.settled", "status.processing"],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const reading = readingOf(evidence, "S4");
    for (const label of ["A", "A2", "B", "C"]) {
      const job = jobIn(reading, label);
      if (!job && label === "C") continue;
      if (!job || endedIn(job.post)) return absent(reading, { is: "pass" });
      if (job.post.exchange.response?.status !== 202) {
        const fault: Fault = {
          expected: `202 Accepted for ${paramsOf(job)}`,
          seen: answered(job.post.exchange),
          on: "status",
        };
        return { is: "blocked", blockedBy: "accept.status", otherwise: failOf("S4", job.post, fault) };
      }
      const outcome = jobOutcome(evidence.world, reading, job);
      // In exercise 05 quick jobs that get each other's results are the same fault; choose.fast judges that.
      if (outcome?.is === "fail") return { is: "blocked", blockedBy: "choose.fast", otherwise: outcome };
      if (outcome) return outcome;
    }
    return laterOutcome(evidence) ?? { is: "pass" };
  },
};

/** Fails when S1's first job changed after later jobs were done. */
function laterOutcome(evidence: Evidence): Outcome | null {
  const reading = readingOf(evidence, "S1");
  const job = jobIn(reading, "A");
  const before = job?.reads.findLast(isOver);
  const again = answersTo(reading.recording, "A.again", job?.post.exchange.sentMs).at(-1);
  if (!job || !before || !again) return null;
  if (endedIn(again)) return { is: "missing", scenario: reading.scenario };
  const change = changed(before, again);
  if (change === null) return null;
  return failOf("S1", again, {
    expected: `the same as at ${seconds(before.atMs)}, whatever was ordered since`,
    seen: `${change}, at ${seconds(again.atMs)}, for ${paramsOf(job)}`,
    on: "body",
  });
}

function jobOutcome(world: World, reading: Reading, job: Job): Outcome | null {
  let over: Answer | undefined;
  for (const answer of job.reads) {
    if (endedIn(answer)) return { is: "missing", scenario: reading.scenario };
    const fault = frameFault(answer, job.id ?? "") ?? stateFault(world, job, answer, over);
    if (fault) return failOf("S4", answer, { ...fault, seen: `${fault.seen}, for ${paramsOf(job)}` });
    if (isOver(answer)) over = answer;
  }
  if (over) return null;
  const last = job.reads.at(-1);
  const seen = last
    ? `${word(last) ?? answered(last.exchange)}, still at ${seconds(last.atMs)}, for ${paramsOf(job)}`
    : "no status could be read";
  const expected = "every job done, one after the other at the latest";
  return absent(reading, { is: "fail", expected, seen, mark: markOf("S4", last, "body") });
}

function stateFault(world: World, job: Job, answer: Answer, over: Answer | undefined): Fault | null {
  const state = word(answer);
  if (state === "processing" && !over) return null;
  if (state !== "completed") {
    const seen = `${field("status", state ?? undefined)} at ${seconds(answer.atMs)}`;
    return {
      expected: over ? 'status "completed", as before' : 'status "processing" or "completed"',
      seen,
      on: "body",
    };
  }
  if (answer.atMs < 4_000 && job.label !== "C") {
    return {
      expected: 'status "processing" while its own work runs',
      seen: `completed at ${seconds(answer.atMs)}`,
      on: "body",
    };
  }
  const wrong = countFault(fieldOf(objectOf(answer), "result"), expectedCount(world, job));
  return wrong && { ...wrong, on: "body" };
}
