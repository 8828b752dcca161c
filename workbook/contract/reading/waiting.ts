/** The answers of S1 that say that the work is not done yet. */
import type { Evidence, Outcome } from "../model/clause.ts";
import { absent, carriesId, isOver, jobIn, readingOf, word } from "./server.ts";
import type { Answer, Reading } from "./server.ts";

/** S1's answers that carry the job's id, and are neither completed nor failed. */
export function waiting(reading: Reading): Answer[] {
  const job = jobIn(reading, "A");
  return (job?.reads ?? []).filter((answer) => {
    if (!carriesId(answer, job) || isOver(answer)) return false;
    // Another word at a time when the work is done is judged by status.completed.
    return answer.atMs < 10_000 || word(answer) === "processing";
  });
}

/** Checks the waiting answers. Where there is none, status.processing says what is wrong. */
export function whileWaiting(evidence: Evidence, check: (answers: readonly Answer[]) => Outcome): Outcome {
  const reading = readingOf(evidence, "S1");
  const answers = waiting(reading);
  if (answers.length > 0) return check(answers);
  const otherwise: Outcome = { is: "fail", expected: "an answer while the work runs", seen: "none was seen" };
  return { is: "blocked", blockedBy: "status.processing", otherwise: absent(reading, otherwise) };
}
