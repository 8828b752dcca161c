import { fieldOf } from "../../http/json.ts";
import type { Clause, Evidence } from "../../model/clause.ts";
import { completedFault, resultFault } from "../../reading/report.ts";
import { answered, seconds, shown } from "../../reading/server-words.ts";
import {
  absent,
  endedIn,
  expectedCount,
  failOf,
  frameFault,
  jobIn,
  objectOf,
  readingOf,
  word,
} from "../../reading/server.ts";
import type { Fault, Job } from "../../reading/server.ts";

export const chooseFast: Clause = {
  id: "choose.fast",
  side: "server",
  level: "must",
  sentence: "work that ends within 2 s is answered when it ends: 200 with the status answer's envelope",
  why:
    "For half a second of work a 202 costs a second request and a wait that is longer than the work. " +
    "In the same envelope a client needs one reader for both answers.",
  source: "a convention, and disputed: Databricks and Elasticsearch answer quick work at once; Azure says always 202",
  decided:
    "A summary takes 0.5 s of work. Its POST returns within 1.5 s, and each of three at once within 1.6 s: 200 and " +
    'JSON with an `id` that isn\'t empty, `status: "completed"` and a `result` that is right by the rules of ' +
    "status.result.",
  hints: [
    "Order a summary. When does the answer come, and what is in it?",
    "Answer as soon as the work has ended, not when the two seconds are over; with id, status and result.",
    'if (job.state.status === "completed") return c.json(envelope(job));',
  ],
  needs: [],
  // A server that waits too long for all work does so for quick work too. That is one fault, and choose.slow names it.
  yieldsTo: ["choose.slow", "status.completed", "status.result", "accept.unique"],
  scenarios: ["S9"],
  check(evidence) {
    const reading = readingOf(evidence, "S9");
    for (const label of ["A", "B1", "B2", "B3"]) {
      const job = jobIn(reading, label);
      if (!job || endedIn(job.post)) return absent(reading, { is: "pass" });
      const fault = fastFault(evidence, job);
      if (fault) return failOf("S9", job.post, fault);
    }
    return { is: "pass" };
  },
};

function fastFault(evidence: Evidence, job: Job): Fault | null {
  const { post, label } = job;
  const alone = label === "A";
  const limitMs = alone ? 1_500 : 1_600;
  const among = alone ? "" : ", among three at once";
  const code = post.exchange.failure ? 0 : post.exchange.response?.status;
  if (code !== 200 || post.doneMs === null) {
    const waited = word(post) === "completed";
    const remark = waited
      ? "It is done, so it is no longer taken on: 200."
      : "The work of a summary takes half a second: wait for it.";
    return {
      expected: "200 OK with the finished report",
      seen: `${answered(post.exchange)}${waited ? ', status "completed"' : ""}${among}`,
      on: "status",
      ...(code === 202 && { remark }),
    };
  }
  if (post.doneMs > limitMs) {
    return {
      expected: `the answer when the work ends, after 0.5 s`,
      seen: `200 OK after ${seconds(post.doneMs)}${among}`,
      on: "status",
    };
  }
  const id = fieldOf(objectOf(post), "id");
  if (objectOf(post) && (typeof id !== "string" || id === "")) {
    return {
      expected: "id, status and result, as the status resource answers",
      seen: shown(objectOf(post), 70),
      on: "body",
    };
  }
  const fault = frameFault(post, String(id)) ?? completedFault(post);
  if (fault) return fault;
  const wrong = resultFault(fieldOf(objectOf(post), "result"), expectedCount(evidence.world, job));
  return wrong && { ...wrong, on: "body" };
}
