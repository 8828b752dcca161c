/** The view of a step, in a session or printed once. */
import type { Lesson } from "../content/lesson.ts";
import { following } from "../learner/progress.ts";
import { stepOf, type State } from "../learner/state.ts";
import { clauseTexts, lessonText } from "../report/texts.ts";
import type { StepView } from "./view.ts";

interface Step extends Pick<StepView, "live" | "now" | "types" | "message"> {
  readonly lesson: Lesson;
  readonly learner: State;
}

export function stepView({ lesson, learner, live, now, types, message = null }: Step): StepView {
  const next = following(lesson);
  const { quiz, hints } = stepOf(learner, lesson.slug);
  return {
    is: "step",
    live,
    message,
    lesson: lessonText(lesson),
    following: next && lessonText(next),
    clauses: clauseTexts(lesson),
    now,
    types,
    quiz,
    hints,
  };
}
