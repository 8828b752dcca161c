/** Prints views that do not change. */
import type { Lesson } from "../content/lesson.ts";
import { plain } from "../report/plain.ts";
import { realSubject } from "../report/real-words.ts";
import { problemShown } from "../report/summary.ts";
import { render } from "../terminal/render.ts";
import { clauseTexts } from "../report/texts.ts";
import { stepView } from "../session/step-view.ts";
import type { StepView, View } from "../session/view.ts";
import { codeFrame } from "../report/code-frame.ts";
import { readState } from "../learner/state.ts";
import { timeOfDay } from "../report/time-of-day.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { say } from "./command.ts";
import { isRead, pageSize } from "../terminal/size.ts";

/** The default seed is not shown. */
const usualSeed = 1;

/** Prints a view without the line of keys. */
export function print(view: View): void {
  say(render({ ...view, live: false }, pageSize()));
}

/**
 * Prints a grading: as a screen at a terminal, otherwise in plain lines that start with the outcome.
 * @param given what was graded, as it was typed; without it, the learner's own files of the step
 */
export function printRun(lesson: Lesson, run: Run, given?: Subject): void {
  const real = realSubject(run.subject);
  const files = given && ("url" in given || "command" in given) ? {} : given;
  if (!isRead()) return say(plain(runView(lesson, run), files));
  if (real) print({ is: "subject", live: false, lesson, clauses: clauseTexts(lesson), run, subject: real });
  else print(runView(lesson, run));
  if (run.seed !== usualSeed) say(`  seed ${run.seed}`);
}

function runView(lesson: Lesson, run: Run): StepView {
  const problem = problemShown(lesson, run);
  const now = { is: "run", run, at: timeOfDay(), frame: problem && codeFrame(problem), last: null } as const;
  return stepView({ lesson, learner: readState(), live: false, now, types: [] });
}
