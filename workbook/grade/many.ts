/** Grades several subjects. A child that is clean after one grading goes on with the next one. */
import type { Lesson } from "../content/lesson.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { withSharedChildren } from "../run/memory/pool.ts";
import { grade } from "./grade.ts";
import type { GradeOptions } from "./options.ts";

/** One grading of several. Subjects are files: a grading on the real clock needs the machine to itself. */
export interface Task {
  readonly lesson: Lesson;
  readonly subject: Subject;
}

/** Gradings at the same time. Each plays on one child, and a grading alone plays on two. */
const sideBySide = 2;

/**
 * Grades all tasks, two side by side. Those with the most clauses start first, so that both children end at about the
 * same time.
 * @param onRun called with each run as soon as it is there
 * @returns the runs, in the order of the tasks
 * @throws as `grade` does
 */
export async function gradeMany<T extends Task>(
  tasks: readonly T[],
  options: GradeOptions = {},
  onRun?: (run: Run, task: T) => void,
): Promise<Run[]> {
  const runs: Run[] = [];
  const order = [...tasks.keys()].sort((a, b) => size(tasks[b]) - size(tasks[a]));
  const lanes = tasks.length > 1 ? 1 : 2;
  const work = async () => {
    for (let index = order.shift(); index !== undefined; index = order.shift()) {
      const task = tasks[index] as T;
      const run = await grade(task.lesson, task.subject, { lanes, ...options });
      runs[index] = run;
      onRun?.(run, task);
    }
  };
  await withSharedChildren(() => Promise.all(Array.from({ length: sideBySide }, work)));
  return runs;
}

/**
 * Grades one task after the other, each on up to two children.
 * @param onRun called with each run as soon as it is there
 * @throws as `grade` does
 */
export async function gradeInTurn<T extends Task>(
  tasks: readonly T[],
  options: GradeOptions,
  onRun: (run: Run, task: T) => void,
): Promise<void> {
  await withSharedChildren(async () => {
    for (const task of tasks) onRun(await grade(task.lesson, task.subject, options), task);
  });
}

function size(task: Task | undefined): number {
  return task?.lesson.graded.length ?? 0;
}
