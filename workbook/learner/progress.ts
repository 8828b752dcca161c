/** How far the learner is. The files prove it; the state only spares us grading what has not changed. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { lessons, places, type Lesson } from "../content/catalogue.ts";
import { clauses } from "../contract/clauses/all.ts";
import { summarise } from "../report/summary.ts";
import { root } from "../root.ts";
import { stepOf, withStep, type Progress, type State } from "./state.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { snapshot } from "./snapshot.ts";
import { hash, isStarted } from "./exercises.ts";

/** Grades lessons' own files, in their order. Handed in, so that the runner is loaded only where something is to be graded. */
export type GradeOwn = (
  own: readonly { readonly lesson: Lesson; readonly subject: Subject }[],
) => Promise<readonly Run[]>;

/** The learner's two files, whether they are there or not: what is missing is the grader's to say. */
export function ownSubject(lesson: Lesson): { server: string; client: string } {
  const { mine } = places(lesson.slug);
  return { server: mine("server"), client: mine("client") };
}

/** A hash of all that the verdicts of the learner's files depend on. */
export function fingerprint(lesson: Lesson): string {
  const { exercise } = places(lesson.slug);
  const files = [...snapshot(exercise)].map(([file, text]) => [path.relative(exercise, file), text]);
  return hash(JSON.stringify([version(), lesson.graded, files.sort()]));
}

let cached: string | undefined;

/** The workbook's release: another one may grade otherwise. */
function version(): string {
  return (cached ??= readFileSync(path.join(root, "package.json"), "utf8"));
}

/** What the state keeps of a run. `of`: the fingerprint of the files as they were when the run began. */
export function progressOf(lesson: Lesson, run: Run, of: string): Progress {
  const { passes, open } = summarise(lesson, clauses, run.verdicts);
  return { of, passed: run.passed, passes, open: open?.clause ?? null };
}

/** The state after a run: progress noted, and the hints of clauses that pass now are hidden again. */
export function afterRun(state: State, lesson: Lesson, run: Run, of: string): State {
  const passed = new Set(run.verdicts.filter((each) => each.verdict === "pass").map((each) => each.clause));
  const hints = Object.entries(stepOf(state, lesson.slug).hints).filter(([id]) => !passed.has(id));
  return withStep(state, lesson.slug, { progress: progressOf(lesson, run, of), hints: Object.fromEntries(hints) });
}

/** The state with the progress of these steps known: what is not, or is of other files, is graded. */
export async function refreshed(state: State, gradeOwn: GradeOwn, of: readonly Lesson[] = lessons()): Promise<State> {
  const unknown = of
    .filter(isStarted)
    .map((lesson) => ({ lesson, subject: ownSubject(lesson), print: fingerprint(lesson) }))
    .filter(({ lesson, print }) => stepOf(state, lesson.slug).progress?.of !== print);
  if (unknown.length === 0) return state;
  const runs = await gradeOwn(unknown);
  return unknown.reduce((next, { lesson, print }, index) => {
    const run = runs[index];
    return run ? afterRun(next, lesson, run, print) : next;
  }, state);
}

/** The state with the progress that another one knows of, all steps but one. */
export function withProgressOf(state: State, other: State, but: Lesson): State {
  const slugs = Object.keys(other.steps).filter((slug) => slug !== but.slug);
  return slugs.reduce((next, slug) => withStep(next, slug, { progress: stepOf(other, slug).progress }), state);
}

/** What the state knows of a step; null: it is not started. Call `refreshed` before. */
export function progressIn(state: State, lesson: Lesson): Progress | null {
  return isStarted(lesson) ? stepOf(state, lesson.slug).progress : null;
}

/** True if the step is started and its files pass, as far as the state knows. */
export function isPassed(state: State, lesson: Lesson): boolean {
  return progressIn(state, lesson)?.passed === true;
}

/**
 * The step that the learner is at: as the state says, or found by what is there: the last started one that does not
 * pass, else the one after the last that does.
 * @returns null when nothing is started.
 */
export function currentLesson(state: State): Lesson | null {
  const all = lessons();
  const noted = all.find((lesson) => lesson.slug === state.current);
  if (noted && isStarted(noted)) return noted;
  const started = all.filter(isStarted);
  const unfinished = started.filter((lesson) => !isPassed(state, lesson)).at(-1);
  if (unfinished) return unfinished;
  const last = started.at(-1);
  return last ? (following(last) ?? last) : null;
}

/** The lesson after this one; null at the last. */
export function following(lesson: Lesson): Lesson | null {
  const all = lessons();
  return all[all.indexOf(lesson) + 1] ?? null;
}
