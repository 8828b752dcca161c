/** Grades the steps that are not open: their files may have changed while no session was running. */
import { lessons } from "../content/catalogue.ts";
import type { Lesson } from "../content/lesson.ts";
import type { Run } from "../contract/model/run.ts";
import { grade } from "../grade/grade.ts";
import { refreshed, type GradeOwn } from "../learner/progress.ts";
import type { State } from "../learner/state.ts";

/** What is known of the learner once every step but the open one is graded. */
export function gradeOtherSteps(learner: State, open: Lesson): Promise<State> {
  return refreshed(
    learner,
    oneByOne,
    lessons().filter((lesson) => lesson !== open),
  );
}

/** Uses one child at a time, so that another is free for the next save. */
const oneByOne: GradeOwn = async (own) => {
  const runs: Run[] = [];
  for (const { lesson, subject } of own) runs.push(await grade(lesson, subject, { lanes: 1 }));
  return runs;
};
