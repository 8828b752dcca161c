/** The answers of S1 that say that the work is not done. */
import { carriesId, isOver, jobIn, word } from "./server.ts";
import type { Answer, Play } from "./server.ts";

/** S1's answers that carry the job's id, and are neither completed nor failed. */
export function waiting(play: Play): Answer[] {
  const job = jobIn(play, "A");
  return (job?.reads ?? []).filter((answer) => {
    if (!carriesId(answer, job) || isOver(answer)) return false;
    // What is neither at a time when the work is done is a matter of status.completed.
    return answer.atMs < 10_000 || word(answer) === "processing";
  });
}
