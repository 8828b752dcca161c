/** What is on the learner's desk while they work: the step, its last grading, the state. The screens read and change it. */
import type { Lesson } from "../content/catalogue.ts";
import { lessons } from "../content/catalogue.ts";
import { clauses } from "../contract/clauses/all.ts";
import type { ClauseId } from "../contract/model/clause.ts";
import { following, isPassed } from "../learner/progress.ts";
import { blocking, summarise } from "../report/summary.ts";
import type { Graded, Now, Size, StepView, TypeRemark, View } from "../report/view.ts";
import { stepOf, type State } from "../learner/state.ts";
import type { Key } from "../terminal/keys.ts";

/** What is under work, and what may be done to it. */
export interface Desk {
  lesson: Lesson;
  now: Now;
  types: readonly TypeRemark[];
  /** One sentence for the next drawing; gone at the next key or save. */
  message: string | null;
  state(): State;
  /** Changes the state and stores it. */
  remember(change: (state: State) => State): void;
  /** Grades the learner's files now; `whole`: the slow measures too. */
  grade(whole: boolean): void;
  /** Goes to a step: starts it if need be. */
  open(lesson: Lesson): void;
  /** Begins to work on the step's files as they are now, with a sentence to say. */
  work(message: string | null): void;
  size(): Size;
}

/** One screen: what it shows, and what a key does there. */
export interface Page {
  view(): View;
  /** @returns what to show now; "unknown" lets the step's own screen decide. */
  key(key: Key): Turn;
}

export type Turn = "stay" | "back" | "unknown" | "quit" | { readonly page: Page };

/** The last run that had verdicts, with its time; null if there was none. */
export function lastGraded(now: Now): Graded | null {
  if (now.is === "run" && blocking(now.run) === null) return { run: now.run, at: now.at };
  return now.last;
}

/** The clause that is open, as last graded; null when none fails, or nothing is known. */
export function openNow(desk: Desk): ClauseId | null {
  const graded = lastGraded(desk.now);
  if (graded) return summarise(desk.lesson, clauses, graded.run.verdicts).open?.clause ?? null;
  return stepOf(desk.state(), desk.lesson.slug).progress?.open ?? null;
}

/** True if this step passed when it was graded last. */
export function isPassedNow(desk: Desk): boolean {
  const graded = lastGraded(desk.now);
  return graded ? graded.run.passed : isPassed(desk.state(), desk.lesson);
}

/** The step's own screen as it is now. */
export function stepView(desk: Desk): StepView {
  const step = stepOf(desk.state(), desk.lesson.slug);
  return {
    is: "step",
    live: true,
    message: desk.message,
    lesson: desk.lesson,
    following: following(desk.lesson),
    clauses,
    now: desk.now,
    types: desk.types,
    quiz: step.quiz,
    hints: step.hints,
  };
}

/** The lesson before this one; null at the first. */
export function before(lesson: Lesson): Lesson | null {
  const all = lessons();
  return all[all.indexOf(lesson) - 1] ?? null;
}
