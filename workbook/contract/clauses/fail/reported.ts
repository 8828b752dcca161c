import { fieldOf, isAbsent, isText } from "../../http/json.ts";
import type { Clause } from "../../model/clause.ts";
import { failingJob } from "../../reading/failing.ts";
import { field, seconds } from "../../reading/server-words.ts";
import { absent, endedIn, failOf, objectOf, recordFault } from "../../reading/server.ts";
import type { Answer, Fault } from "../../reading/server.ts";

export const failReported: Clause = {
  id: "fail.reported",
  side: "server",
  level: "must",
  sentence: 'it is "failed", with a text in error and no result',
  why:
    "A failure that is only in the log leaves the client polling for ever. " +
    "Whoever ordered has to learn that nothing will come.",
  source: "a convention: a failed operation has a status of its own and an error (Azure, Google AIP-151)",
  decided:
    'A failing full report is read from 0.1 to 20.3 s. The first response that says "completed" or "failed", else ' +
    "the one at 10.3 s, is JSON with the job's `id`, `status: \"failed\"`, a string in `error` that isn't blank, " +
    "and no `result`. Failing early is fine, and the HTTP status isn't judged here.",
  hints: [
    "What does the status say ten seconds after an order that cannot be carried out?",
    "In the catch, set the status to failed and error to a sentence. An Error put into JSON becomes {}: take its message.",
    'catch (error) { job.state = { status: "failed", error: describe(error) }; }',
  ],
  needs: ["fail.ok-status", "accept.starts"],
  // A status answer that always has a result has it beside the error too; status.processing judges that.
  yieldsTo: ["status.result", "status.processing"],
  scenarios: ["S6a"],
  check(evidence) {
    const { reading, job, reportedAtOnce, finalAnswer } = failingJob(evidence);
    if (reportedAtOnce) return { is: "pass" };
    if (!finalAnswer || endedIn(finalAnswer))
      return absent(reading, { is: "fail", expected: 'status "failed"', seen: "no status could be read" });
    const fault = recordFault(finalAnswer, job?.id ?? "") ?? reportedFault(finalAnswer);
    return fault ? failOf("S6a", finalAnswer, fault) : { is: "pass" };
  },
};

function reportedFault(answer: Answer): Fault | null {
  const object = objectOf(answer);
  const state = fieldOf(object, "status");
  const on = "body" as const;
  if (state !== "failed")
    return { expected: 'status "failed"', seen: `${field("status", state)} at ${seconds(answer.atMs)}`, on };
  const error = fieldOf(object, "error");
  if (!isText(error)) {
    const remark =
      typeof error === "object" && error !== null
        ? { remark: "failed is right; error must be a text. An Error in JSON is {}." }
        : {};
    return { expected: "error, a text that says what went wrong", seen: field("error", error), on, ...remark };
  }
  const result = fieldOf(object, "result");
  return isAbsent(result) ? null : { expected: "no result beside the error", seen: field("result", result), on };
}
