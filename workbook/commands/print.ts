/** Views that are printed once. */
import { clauses } from "../contract/clauses.ts";
import type { Lesson } from "../catalogue.ts";
import { following } from "../progress.ts";
import { plain } from "../report/plain.ts";
import { problemShown } from "../report/summary.ts";
import { render } from "../report/terminal.ts";
import type { StepView, View } from "../report/view.ts";
import { codeFrame } from "../run/frame.ts";
import { readState, stepOf } from "../state.ts";
import { timeOfDay } from "../time-of-day.ts";
import type { Run } from "../types.ts";
import { say } from "./command.ts";
import { pageSize } from "./size.ts";

/** Prints a view as it stands, without keys. */
export function print(view: View): void {
  say(render({ ...view, live: false }, pageSize()));
}

/**
 * Prints a grading: as a screen for somebody at a terminal, else in plain lines that begin with the outcome.
 * @param given the files' paths as they were typed; without: the learner's own files of the step
 */
export function printRun(
  lesson: Lesson,
  run: Run,
  given?: { readonly server?: string; readonly client?: string },
): void {
  const view = runView(lesson, run);
  if (process.stdout.isTTY) print(view);
  else say(plain(view, given));
}

function runView(lesson: Lesson, run: Run): StepView {
  const problem = problemShown(lesson, run);
  const step = stepOf(readState(), lesson.slug);
  return {
    is: "step",
    live: false,
    lesson,
    following: following(lesson),
    clauses,
    now: { is: "run", run, at: timeOfDay(), frame: problem && codeFrame(problem), last: null },
    types: [],
    quiz: step.quiz,
    hints: step.hints,
  };
}
