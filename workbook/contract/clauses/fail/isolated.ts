import { fieldOf } from "../../http/json.ts";
import type { Clause, Outcome } from "../../model/clause.ts";
import type { World } from "../../model/world.ts";
import { countFault } from "../../reading/report.ts";
import { answered, field, seconds } from "../../reading/server-words.ts";
import {
  absent,
  endedIn,
  expectedCount,
  failOf,
  frameFault,
  jobIn,
  objectOf,
  paramsOf,
  readingOf,
  readNear,
  word,
} from "../../reading/server.ts";
import type { Fault, Job } from "../../reading/server.ts";

export const failIsolated: Clause = {
  id: "fail.isolated",
  side: "server",
  level: "must",
  sentence: "jobs beside a failed one complete as if nothing had happened",
  why:
    "One order that cannot be carried out is everyday. If it stops the queue or marks the others as failed, " +
    "a single caller's slip of the pen is everybody's outage.",
  source: "RFC 9110, section 15.3.3: a status monitor tells of the request that it was given for",
  decided:
    "A full report is requested, 0.15 s later a summary of a genre that no book has, and after another 0.15 s a " +
    'second full report. At 1.1 s both full ones say "processing". At 26 s both return 200 with their own `id`, ' +
    '"completed" and the right count.',
  hints: [
    "Run two good reports, and between them one that fails.",
    "Catch inside the work of one job, so that the loop or the queue around it goes on.",
    "for (const job of queue) await runJob(job); // runJob never rejects",
  ],
  needs: ["fail.survives", "status.isolated", "accept.starts"],
  mayBeBlockedBy: ["accept.status"],
  yieldsTo: ["status.processing"],
  scenarios: ["S6b"],
  check(evidence) {
    const reading = readingOf(evidence, "S6b");
    for (const label of ["A", "B"]) {
      const job = jobIn(reading, label);
      if (!job || endedIn(job.post) || job.reads.some(endedIn)) return absent(reading, { is: "pass" });
      if (job.post.exchange.response?.status !== 202) {
        const fault: Fault = {
          expected: `202 Accepted for ${paramsOf(job)}`,
          seen: answered(job.post.exchange),
          on: "status",
        };
        return { is: "blocked", blockedBy: "accept.status", otherwise: failOf("S6b", job.post, fault) };
      }
      const outcome = besideOutcome(evidence.world, job);
      if (outcome) return absent(reading, outcome);
    }
    return absent(reading, { is: "pass" });
  },
};

function besideOutcome(world: World, job: Job): Outcome | null {
  const early = job.reads.find(({ atMs }) => atMs < 2_000);
  if (early && word(early) !== "processing") {
    const seen = `${stateOf(word(early), answered(early.exchange))} at ${seconds(early.atMs)}, for ${paramsOf(job)}`;
    return failOf("S6b", early, { expected: 'status "processing" while its own work runs', seen, on: "body" });
  }
  const late = readNear(job, 26_000) ?? job.reads.find(({ atMs }) => atMs > 20_000);
  if (!late) return { is: "fail", expected: `a status for ${paramsOf(job)}`, seen: "none could be read" };
  const fault = frameFault(late, job.id ?? "") ?? lateFault(world, job, late);
  return fault && failOf("S6b", late, { ...fault, seen: `${fault.seen}, for ${paramsOf(job)}` });
}

function lateFault(world: World, job: Job, late: Job["reads"][number]): Fault | null {
  if (word(late) !== "completed") {
    return {
      expected: 'status "completed", beside a job that failed',
      seen: `${stateOf(word(late), "no status")} at ${seconds(late.atMs)}`,
      on: "body",
    };
  }
  const wrong = countFault(fieldOf(objectOf(late), "result"), expectedCount(world, job));
  return wrong && { ...wrong, on: "body" };
}

function stateOf(state: string | null, otherwise: string): string {
  return state === null ? otherwise : field("status", state);
}
