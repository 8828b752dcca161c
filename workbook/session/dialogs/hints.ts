import { clauseOf } from "../../contract/clauses/all.ts";
import type { ClauseId } from "../../contract/model/clause.ts";
import { stepOf, withStep, type State } from "../../learner/state.ts";
import { clauseText, lessonName } from "../../report/texts.ts";
import { remember, type SessionState } from "../state.ts";
import type { Dialog } from "./dialog.ts";

/** The learner's state with one more hint of the clause revealed, if there is one. */
export function revealHint(learner: State, slug: string, clause: ClauseId): State {
  const { hints } = stepOf(learner, slug);
  const revealed = Math.min((hints[clause] ?? 0) + 1, clauseOf(clause).hints.length);
  return withStep(learner, slug, { hints: { ...hints, [clause]: revealed } });
}

/**
 * The hints of a clause, one more for each `hint`. Opens with the first one, or with all that were revealed before:
 * they stay revealed until the clause passes.
 */
export function hintsDialog(state: SessionState, id: ClauseId): Dialog {
  const { lesson } = state;
  const revealed = () => stepOf(state.learner, lesson.slug).hints[id] ?? 0;
  const next = () => remember(state, (learner) => revealHint(learner, lesson.slug, id));
  if (revealed() === 0) next();
  return {
    view: () => ({
      is: "hints",
      live: true,
      lesson: lessonName(lesson),
      clause: clauseText(clauseOf(id)),
      revealed: Math.max(1, revealed()),
    }),
    take({ is }) {
      if (is === "dismiss") return "close";
      if (is !== "hint") return "pass";
      next();
      return "stay";
    },
  };
}
