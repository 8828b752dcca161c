import type { Clause } from "../../model/clause.ts";
import { answered, seconds } from "../../reading/server-words.ts";
import { absent, changed, endedIn, failOf, jobIn, markOf, readingOf, readNear, word } from "../../reading/server.ts";

export const chooseOneJob: Clause = {
  id: "choose.one-job",
  side: "server",
  level: "must",
  sentence: "work that went over into the background is the same work, not begun again",
  why: "Beginning again does everything twice: twice the load, twice the emails, twice the money.",
  source:
    "a convention: the handle is for the statement that runs already (Snowflake SQL API, Databricks on_wait_timeout CONTINUE)",
  decided:
    'The status of a full report says "completed" 6.6 s after its POST. At 8 and 12 s HTTP status, `status`, ' +
    "`result` and `error` are still equal to that.",
  hints: [
    "Order a full report. When is it completed: 5 s after the POST, or 7?",
    "Start the work once, keep its promise, and let the handler only stop waiting for it.",
    "const work = runJob(job, params); await settledWithin(work, 2_000); // the work goes on",
  ],
  needs: ["choose.slow", "status.completed"],
  yieldsTo: [],
  scenarios: ["S11"],
  check(evidence) {
    const reading = readingOf(evidence, "S11");
    const job = jobIn(reading, "A");
    const first = readNear(job, 6_600);
    if (!job || !first || job.reads.some(endedIn)) {
      return absent(reading, {
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
    return absent(reading, { is: "pass" });
  },
};
