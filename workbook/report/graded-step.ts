/** A step and its last grading: what a session shows and what is printed once. Plain data. */
import type { Verdict } from "../contract/model/clause.ts";
import type { Run } from "../contract/model/run.ts";
import type { CodeFrame } from "./code-frame.ts";
import type { ClauseText, LessonText } from "./texts.ts";

/** A run and the time of day at which it ended, such as "14:01:08". */
export interface Graded {
  readonly run: Run;
  readonly at: string;
}

/** How far the grading is. `last`: the last run that had verdicts of both sides; null if there was none. */
export type Now =
  /**
   * The run is complete: it has verdicts, or a problem in their place (then those of `last` are shown in grey).
   * `frame`: the lines of code around `problemShown(lesson, run)`; null if there are none.
   */
  | {
      readonly is: "run";
      readonly run: Run;
      readonly at: string;
      readonly frame: CodeFrame | null;
      readonly last: Graded | null;
    }
  /** A run has first verdicts, or takes longer than 300 ms. `verdicts`: those so far. */
  | { readonly is: "grading"; readonly verdicts: readonly Verdict[]; readonly last: Graded | null };

export interface GradedStep {
  readonly lesson: LessonText;
  /** At least the clauses that the lesson grades. */
  readonly clauses: readonly ClauseText[];
  readonly now: Now;
  /** What the type checker says about the learner's files: advice, never a failure. `line`: from 1. */
  readonly types: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  /** A sentence that has nothing to do with the verdicts, such as where a backup is. */
  readonly message?: string | null;
}
