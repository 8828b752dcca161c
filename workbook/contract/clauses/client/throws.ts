import type { Clause, Outcome } from "../../model/clause.ts";
import { ending, sentAt, thrown } from "../../reading/client-words.ts";
import { markOf, readingOf, statusOf, unsettled } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { jobOf } from "../../scenarios/client/job.ts";
import { unlessReposted } from "./unless-reposted.ts";

export const clientThrows: Clause = {
  id: "client.throws",
  side: "client",
  level: "must",
  sentence: "a failed job: it rejects with an Error whose message holds the server's error",
  why:
    "The server has told why the work failed. A client that swallows it, or says [object Object], leaves its caller " +
    "with a riddle.",
  source: "the course: a failed status answer makes the client throw the server's error",
  decided:
    'The first poll returns "processing", the second "failed". The call rejects with an Error whose message ' +
    "contains the text of `error`. A bare value isn't an Error.",
  hints: [
    "What becomes of your promise when a poll says failed?",
    "It is the third answer beside processing and completed: an Error, with the text of the answer's error.",
    'if (job.status === "failed") throw new Error(job.error);',
  ],
  needs: ["client.returns"],
  mayBeBlockedBy: ["client.never-reposts", "client.unknown-outcome"],
  yieldsTo: [],
  scenarios: ["C-throws"],
  check(evidence) {
    const reading = readingOf(evidence, "C-throws");
    return unlessReposted(reading, tellsError(reading, jobOf(evidence.world, reading.scenario).error));
  },
};

function tellsError(reading: Reading, text: string): Outcome {
  const { settled } = reading;
  const mark = markOf(reading, settled);
  const expected = `it rejects with an Error that says "${text}"`;
  if (settled?.is !== "rejected") {
    const asked = reading.before.findIndex((sent) => statusOf(sent) === "failed");
    const next = asked < 0 ? undefined : reading.before[asked + 1];
    if (next) return { is: "fail", expected, seen: `it asked again: ${sentAt(next)}`, mark: markOf(reading, next) };
    return unsettled(reading, { is: "fail", expected, seen: ending(reading), mark });
  }
  const { error } = settled;
  if (error.isError && error.message.includes(text)) return { is: "pass" };
  const seen = error.isError ? thrown(error) : `no Error, but the value ${thrown(error)}`;
  const remark = error.isError
    ? "Rejecting is right; the message must hold the error of the answer."
    : "Throw an Error: a bare value has no stack, and catch blocks don't expect it.";
  const outcome: Outcome = { is: "fail", expected, seen, mark, remark };
  // A client that rejects with bare values has no TimeoutError either; client.unknown-outcome judges that.
  return error.isError ? outcome : { is: "blocked", blockedBy: "client.unknown-outcome", otherwise: outcome };
}
