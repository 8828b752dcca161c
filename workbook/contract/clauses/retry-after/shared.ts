/** What several clauses on waiting answers have in common. */
import type { Evidence, Outcome } from "../../model/clause.ts";
import type { Answer } from "../../reading/server.ts";
import { absent, playOf } from "../../reading/server.ts";
import { waiting } from "../../reading/waiting.ts";

/** Judged only if a processing answer was seen. */
export function whileWaiting(evidence: Evidence, check: (answers: readonly Answer[]) => Outcome): Outcome {
  const play = playOf(evidence, "S1");
  const answers = waiting(play);
  if (answers.length > 0) return check(answers);
  const otherwise: Outcome = { is: "fail", expected: "an answer while the work runs", seen: "none was seen" };
  return { is: "blocked", blockedBy: "status.processing", otherwise: absent(play, otherwise) };
}
