/** How far the learner is. Their files prove it; the state only saves grading files that have not changed. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { lessons } from "../content/catalogue.ts";
import type { Lesson } from "../content/lesson.ts";
import { places } from "../content/places.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { root } from "../root.ts";
import { isStarted } from "./exercises.ts";
import { hash } from "./handed-out.ts";
import { snapshot } from "./snapshot.ts";
import { stepOf, withStep, type Progress, type State } from "./state.ts";

/** Grades the learner's files of some lessons, in order. Passed in, so that the runner is loaded only when it is needed. */
export type GradeOwn = (
  own: readonly { readonly lesson: Lesson; readonly subject: Subject }[],
) => Promise<readonly Run[]>;

/** Paths of the learner's server and client. They need not exist: the grader says what is missing. */
export function ownSubject(lesson: Lesson): { server: string; client: string } {
  const { mine } = places(lesson.slug);
  return { server: mine("server.ts"), client: mine("client.ts") };
}

/** A hash of all that the verdicts on the learner's files depend on. */
export function fingerprint(lesson: Lesson): string {
  const { exercise } = places(lesson.slug);
  const files = [...snapshot(exercise)].map(([file, text]) => [path.relative(exercise, file), text]);
  return hash(JSON.stringify([release(), lesson.graded, files.sort()]));
}

let packageJson: string | undefined;

/** Changes with each release of the workbook, which may grade differently. */
function release(): string {
  return (packageJson ??= readFileSync(path.join(root, "package.json"), "utf8"));
}

/** What the state keeps of a run. @param of the fingerprint of the files when the run began */
function progressOf(lesson: Lesson, run: Run, of: string): Progress {
  const musts = new Map(
    run.verdicts.filter(({ level }) => level === "must").map((each) => [each.clause, each.verdict]),
  );
  const own = lesson.parts.flatMap((part) => [...part.teaches, ...part.guards]);
  return {
    of,
    passed: run.passed,
    passes: own.filter((id) => musts.get(id) === "pass").length,
    open: lesson.graded.find((id) => musts.get(id) === "fail") ?? null,
  };
}

/** The state after a run: it has the new progress, and the hints of clauses that now pass are hidden again. */
export function afterRun(state: State, lesson: Lesson, run: Run, of: string): State {
  const passed = new Set(run.verdicts.filter((each) => each.verdict === "pass").map((each) => each.clause));
  const hints = Object.entries(stepOf(state, lesson.slug).hints).filter(([id]) => !passed.has(id));
  return withStep(state, lesson.slug, { progress: progressOf(lesson, run, of), hints: Object.fromEntries(hints) });
}

/** The state with the progress of these steps up to date: started steps whose files have changed are graded. */
export async function refreshed(state: State, gradeOwn: GradeOwn, of: readonly Lesson[] = lessons()): Promise<State> {
  const stale = of
    .filter(isStarted)
    .map((lesson) => ({ lesson, subject: ownSubject(lesson), print: fingerprint(lesson) }))
    .filter(({ lesson, print }) => stepOf(state, lesson.slug).progress?.of !== print);
  if (stale.length === 0) return state;
  const runs = await gradeOwn(stale);
  return stale.reduce((next, { lesson, print }, index) => {
    const run = runs[index];
    return run ? afterRun(next, lesson, run, print) : next;
  }, state);
}

/** The state with the progress that another one has, except for one step. */
export function withProgressOf(state: State, other: State, except: Lesson): State {
  const slugs = Object.keys(other.steps).filter((slug) => slug !== except.slug);
  return slugs.reduce((next, slug) => withStep(next, slug, { progress: stepOf(other, slug).progress }), state);
}

/** What the state knows of a step's progress; null if it is not started. Call `refreshed` before. */
export function progressIn(state: State, lesson: Lesson): Progress | null {
  return isStarted(lesson) ? stepOf(state, lesson.slug).progress : null;
}

/** True if the step is started and its files pass, as far as the state knows. */
export function isPassed(state: State, lesson: Lesson): boolean {
  return progressIn(state, lesson)?.passed === true;
}

/**
 * The step that the learner is at: the one in the state, if it is started; or the last started one that does not pass; or
 * the one after the last that does.
 * @returns null when nothing is started
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
