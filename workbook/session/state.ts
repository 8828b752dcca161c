/** A session's state: the step that is open, its last grading, and what is known of the learner. */
import type { Lesson } from "../content/lesson.ts";
import { clauses } from "../contract/clauses/all.ts";
import type { ClauseId } from "../contract/model/clause.ts";
import { isPassed } from "../learner/progress.ts";
import { stepOf, updateState, type State } from "../learner/state.ts";
import type { TypeRemark } from "../learner/type-remarks.ts";
import type { Graded, Now } from "../report/graded-step.ts";
import { blocking, summarise } from "../report/summary.ts";

export interface SessionState {
  lesson: Lesson;
  now: Now;
  types: readonly TypeRemark[];
  /** One sentence, shown until the next intent or save. */
  message: string | null;
  /** As stored; change it with `remember`. */
  learner: State;
}

/** The state with a step open of which nothing is graded yet. */
export function opened(lesson: Lesson, learner: State): SessionState {
  return { lesson, now: { is: "grading", verdicts: [], last: null }, types: [], message: null, learner };
}

/** Changes what is known of the learner, and stores it. */
export function remember(state: SessionState, change: (learner: State) => State): void {
  state.learner = updateState(change, state.learner);
}

/** The last run that had verdicts, with its time; null if there was none. */
export function lastGraded(now: Now): Graded | null {
  if (now.is === "run" && blocking(now.run) === null) return { run: now.run, at: now.at };
  return now.last;
}

/** The open clause of the last grading; null when none fails, or nothing is known. */
export function openClause({ lesson, now, learner }: SessionState): ClauseId | null {
  const graded = lastGraded(now);
  if (graded) return summarise(lesson, clauses, graded.run.verdicts).open?.clause ?? null;
  return stepOf(learner, lesson.slug).progress?.open ?? null;
}

/** True if the step passed when it was last graded. */
export function isPassedNow({ lesson, now, learner }: SessionState): boolean {
  const graded = lastGraded(now);
  return graded ? graded.run.passed : isPassed(learner, lesson);
}
