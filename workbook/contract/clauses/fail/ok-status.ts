import type { Clause, Outcome } from "../../model/clause.ts";
import { failingJob } from "../../reading/failing.ts";
import { answered, seconds } from "../../reading/server-words.ts";
import { absent, endedIn, failOf, isStatus, readNear, word } from "../../reading/server.ts";
import type { Answer, Job } from "../../reading/server.ts";

export const failOkStatus: Clause = {
  id: "fail.ok-status",
  side: "server",
  level: "must",
  sentence: "the failed job's status is answered 200: asking for the status succeeded",
  why:
    "A 5xx says that the status could not be read, so clients and proxies try again, and alarms go off. " +
    "The request was fine: it asked how the job is, and got the answer.",
  source:
    "RFC 9110, section 15: the status code tells of this request. A convention: 200 with the failure in the body (Azure, Google AIP-151)",
  decided:
    "The status of a failing full report is read at 0.1, 2.7, 5.6, 7.1, 10.3 and 20.3 s. One of these is a 200 " +
    'with `status: "failed"`, or else those at 10.3 and 20.3 s are both 200. A failure in the POST\'s own response ' +
    "is left to choose.failed.",
  hints: [
    "What does the status line say when the job has failed?",
    "Two requests, two outcomes: the work failed, the GET did not. Tell the failure in the body.",
    'return c.json({ id, status: "failed", error }); // 200',
  ],
  needs: ["fail.survives", "accept.location"],
  mayBeBlockedBy: ["status.processing"],
  // In exercise 05 choose.failed stands for fail.accepted; as a yield, a late answer to quick work blocks nothing here.
  // A status that is gone or an error once the work is over is judged by status.completed.
  yieldsTo: ["fail.accepted", "status.completed"],
  scenarios: ["S6a"],
  check(evidence) {
    const { reading, job, reportedAtOnce } = failingJob(evidence);
    if (reportedAtOnce) return { is: "pass" };
    const wrong = okFault(job);
    const outcome: Outcome = wrong ?? { is: "pass" };
    if (!job || job.reads.length === 0 || job.reads.some(endedIn)) return absent(reading, outcome);
    // A status answer that is wrong in every state is one fault; status.processing judges that.
    if (job.reads.some((answer) => isStatus(answer, job))) return outcome;
    return { is: "blocked", blockedBy: "status.processing", otherwise: outcome };
  },
};

function okFault(job: Job | undefined): Outcome | null {
  const isOk = ({ exchange }: Answer) => exchange.response?.status === 200 && !exchange.failure;
  // What happens to a failure after it was reported once is judged by status.settled.
  if (job?.reads.some((answer) => isOk(answer) && word(answer) === "failed")) return null;
  for (const atMs of [10_300, 20_300]) {
    const answer = readNear(job, atMs);
    if (answer && isOk(answer)) continue;
    const seen = answer ? `${answered(answer.exchange)} at ${seconds(atMs)}` : "no status could be read";
    return failOf("S6a", answer, { expected: "200 OK for the status of the failed job", seen, on: "status" });
  }
  return null;
}
