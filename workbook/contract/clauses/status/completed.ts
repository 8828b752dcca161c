import type { Clause, Outcome } from "../../model/clause.ts";
import { completedFault } from "../../reading/report.ts";
import { seconds } from "../../reading/server-words.ts";
import { absent, endedIn, failOf, frameFault, isStatus, jobIn, markOf, readingOf, word } from "../../reading/server.ts";
import type { Answer } from "../../reading/server.ts";

const lateMs = 10_000;

export const statusCompleted: Clause = {
  id: "status.completed",
  side: "server",
  level: "must",
  sentence: 'when it is done the status is 200, with the same id, the status "completed" and a result',
  why:
    "The client waits for exactly this word. If it never comes, or comes in another form, " +
    "the report is made and nobody ever reads it.",
  source:
    "a convention: 200 from the status monitor when the work is done (Azure Architecture Center, Asynchronous Request-Reply)",
  decided:
    'A GET 10.5 s after the POST of a full report returns 200 and JSON with the job\'s `id`, `status: "completed"` ' +
    'and an object in `result`. While it says "processing", it is asked again at 20.3, 30.3 and 40.3 s: being late ' +
    "is left to accept.starts, and what the result says to status.result.",
  hints: [
    "What does the status answer ten seconds after the POST?",
    "When the work ends, the job's status becomes completed, and its report goes under result.",
    'jobs.set(id, { id, status: "completed", result });',
  ],
  needs: ["accept.location"],
  mayBeBlockedBy: ["status.processing"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const job = jobIn(reading, "A");
    const late = job?.reads.filter(({ atMs }) => atMs >= lateMs) ?? [];
    const answer = late.find((one) => word(one) !== "processing");
    if (!job || job.id === null || (answer ? endedIn(answer) : reading.ended)) return absent(reading, { is: "pass" });
    const outcome = answer ? completedOutcome(answer, job.id) : neverCompleted(late.at(-1));
    // A status answer that is wrong in every state (always 202, say) is one fault; status.processing judges that.
    if (job.reads.some((one) => isStatus(one, job))) return outcome;
    return { is: "blocked", blockedBy: "status.processing", otherwise: outcome };
  },
};

function completedOutcome(answer: Answer, id: string): Outcome {
  const fault = frameFault(answer, id) ?? completedFault(answer);
  return fault ? failOf("S1", answer, fault) : { is: "pass" };
}

function neverCompleted(last: Answer | undefined): Outcome {
  const seen = last ? `status "processing", still at ${seconds(last.atMs)}` : "no status could be read";
  return { is: "fail", expected: 'status "completed" by 10 s', seen, mark: markOf("S1", last, "body") };
}
