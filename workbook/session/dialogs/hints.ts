/** Key h: the hints of a clause, one more at each press. They stay revealed until the clause passes. */
import { clauseOf } from "../../contract/clauses/all.ts";
import type { ClauseId } from "../../contract/model/clause.ts";
import { stepOf, withStep, type State } from "../../learner/state.ts";
import type { Desk, Page } from "../desk.ts";

/** The state with one more hint of the clause revealed, as far as there are any. */
export function revealHint(state: State, slug: string, clause: ClauseId): State {
  const { hints } = stepOf(state, slug);
  const revealed = Math.min((hints[clause] ?? 0) + 1, clauseOf(clause).hints.length);
  return withStep(state, slug, { hints: { ...hints, [clause]: revealed } });
}

/** Opens with the first hint, or with all that were revealed before. */
export function hintsPage(desk: Desk, id: ClauseId): Page {
  const { lesson } = desk;
  const revealed = () => stepOf(desk.state(), lesson.slug).hints[id] ?? 0;
  const next = () => desk.remember((state) => revealHint(state, lesson.slug, id));
  if (revealed() === 0) next();
  return {
    view: () => ({ is: "hints", live: true, lesson, clause: clauseOf(id), revealed: Math.max(1, revealed()) }),
    key(key) {
      if (key === "esc" || key === "enter") return "back";
      if (key !== "h") return "unknown";
      next();
      return "stay";
    },
  };
}
