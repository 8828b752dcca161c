/** Several gradings as one run: side by side, a child each, and a child that is clean goes on with the next one. */
import type { Lesson } from "../content/lesson.ts";
import { grade } from "./grade.ts";
import { withSharedChildren } from "../run/memory/pool.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import type { GradeOptions } from "./options.ts";

/** One grading of several. Subjects are files: what is graded in real time must have the machine to itself. */
export interface Task {
  readonly lesson: Lesson;
  readonly subject: Subject;
}

/** Gradings at the same time: as many as a grading alone has children. */
const atOnce = 2;

/**
 * Grades all of them; those with the most clauses begin first, so that both children end at about the same time.
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
  await withSharedChildren(() => Promise.all(Array.from({ length: atOnce }, work)));
  return runs;
}

function size(task: Task | undefined): number {
  return task?.lesson.graded.length ?? 0;
}
