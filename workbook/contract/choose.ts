/** When to answer 202 (exercise 05): quick work when it ends, slow work at once. */
import { chooseFailed } from "./choose-failed.ts";
import { fieldOf } from "./read.ts";
import { completedFault, resultFault } from "./result.ts";
import {
  absent,
  changed,
  endedIn,
  expectedCount,
  failOf,
  frameFault,
  jobIn,
  lateAmongOthers,
  lateWords,
  markOf,
  objectOf,
  playOf,
  readNear,
  word,
} from "./server-read.ts";
import type { Fault, Job } from "./server-read.ts";
import type { Clause, Evidence } from "./types.ts";
import { answered, seconds, shown } from "./words.ts";

const slow: Clause = {
  id: "choose.slow",
  side: "server",
  level: "must",
  sentence: "a full report is answered 202 within 2.5 s",
  why: "Two seconds are a wait that a person bears and no gateway cuts. What takes longer is better promised than waited for.",
  source:
    "a convention: wait for a moment, then answer 202 with a handle (Snowflake SQL API, Elasticsearch async search)",
  hints: [
    "How long does a full report's POST wait before it answers?",
    "Let the work race against two seconds, and answer with whichever comes first.",
    "await Promise.race([work, wait(2_000)]); // then look how the job is",
  ],
  needs: [],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const post = jobIn(play, "A")?.post;
    if (!post || (!post.exchange.response && play.ended)) return absent(play, { is: "pass" });
    const { exchange, doneMs } = post;
    const expected = "202 Accepted within 2.5 s";
    const prompt = doneMs !== null && doneMs <= 2_500;
    if (prompt && exchange.response?.status === 202) {
      const late = lateAmongOthers(evidence, 2_500);
      return late ? failOf("S4", late, { expected, seen: lateWords(late), on: "status" }) : { is: "pass" };
    }
    const seen = doneMs === null ? answered(exchange) : `${answered(exchange)} after ${seconds(doneMs)}`;
    return { is: "fail", expected, seen, mark: markOf("S1", post, "status") };
  },
};

const fast: Clause = {
  id: "choose.fast",
  side: "server",
  level: "must",
  sentence: "work that ends within 2 s is answered when it ends: 200 with the status answer's envelope",
  why:
    "For half a second of work a 202 costs a second request and a wait that is longer than the work. " +
    "In the same envelope a client needs one reader for both answers.",
  source: "a convention, and disputed: Databricks and Elasticsearch answer quick work at once; Azure says always 202",
  hints: [
    "Order a summary. When does the answer come, and what is in it?",
    "Answer as soon as the work has ended, not when the two seconds are over; with id, status and result.",
    'if (job.state.status === "completed") return c.json(envelope(job));',
  ],
  needs: [],
  // Who waits too long for all work waits too long for quick work as well: one slip, which choose.slow names.
  yieldsTo: ["choose.slow", "status.completed", "status.result", "accept.unique"],
  scenarios: ["S9"],
  check(evidence) {
    const play = playOf(evidence, "S9");
    for (const label of ["A", "B1", "B2", "B3"]) {
      const job = jobIn(play, label);
      if (!job || endedIn(job.post)) return absent(play, { is: "pass" });
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

const oneJob: Clause = {
  id: "choose.one-job",
  side: "server",
  level: "must",
  sentence: "work that went over into the background is the same work, not begun again",
  why: "Beginning again does everything twice: twice the load, twice the emails, twice the money.",
  source:
    "a convention: the handle is for the statement that runs already (Snowflake SQL API, Databricks on_wait_timeout CONTINUE)",
  hints: [
    "Order a full report. When is it completed: 5 s after the POST, or 7?",
    "Start the work once, keep its promise, and let the handler only stop waiting for it.",
    "const work = runJob(job, params); await settledWithin(work, 2_000); // the work goes on",
  ],
  needs: ["choose.slow", "status.completed"],
  yieldsTo: [],
  scenarios: ["S11"],
  check(evidence) {
    const play = playOf(evidence, "S11");
    const job = jobIn(play, "A");
    const first = readNear(job, 6_600);
    if (!job || !first || job.reads.some(endedIn)) {
      return absent(play, {
        is: "fail",
        expected: "a status at 6.6 s",
        seen: "none could be read",
        mark: markOf("S11", job?.post, "status"),
      });
    }
    const expected = "completed at 6.6 s: the work began with the POST";
    if (word(first) !== "completed") {
      return failOf("S11", first, {
        expected,
        seen: `${word(first) ?? answered(first.exchange)} at ${seconds(first.atMs)}`,
        on: "body",
      });
    }
    for (const answer of job.reads.slice(job.reads.indexOf(first) + 1)) {
      const change = changed(first, answer);
      if (change === null) continue;
      return failOf("S11", answer, {
        expected: "the same answer as at 6.6 s",
        seen: `${change}, at ${seconds(answer.atMs)}`,
        on: "body",
      });
    }
    return absent(play, { is: "pass" });
  },
};

export const choose: readonly Clause[] = [slow, fast, oneJob, chooseFailed];
