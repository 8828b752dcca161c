/** Marks one submission. If its code ends the grader, the exercises after that one are graded by a new one. */
import type { Lesson } from "../content/lesson.ts";
import { noMark, type Mark } from "../report/mark.ts";
import type { CompiledWorkbook } from "./compiled-workbook.ts";
import { exercisesIn, type Exercises, type Submission } from "./find.ts";
import { startGrader } from "./grader.ts";
import { readMark } from "./mark-here.ts";
import { openSandbox, type Sandbox } from "./sandbox.ts";

export interface MarkOptions {
  readonly seed: number;
  /** Stops it; the marks that are known by then are returned. */
  readonly signal: AbortSignal;
  /** How long one exercise may take, ms. The grader stops code that hangs; this is for a grader that hangs. */
  readonly exerciseMs: number;
  /** Called with a sentence about what changes no mark, such as a folder that could not be removed. */
  readonly onNote: (sentence: string) => void;
  /** Without it each sandbox compiles the workbook again. */
  readonly compiled?: CompiledWorkbook | undefined;
}

/**
 * Never rejects for what is in the submission: the mark says what is wrong.
 * @returns a mark for each lesson asked for, in their order; fewer only if `signal` stops it
 */
export async function markSubmission(
  submission: Submission,
  asked: readonly Lesson[],
  options: MarkOptions,
): Promise<readonly Mark[]> {
  const exercises = find(submission, asked);
  if (typeof exercises === "string") return asked.map((lesson) => noMark(lesson, exercises));
  const marks = new Map<string, Mark>();
  let left = asked.filter(({ slug }) => exercises.slugs.includes(slug));
  while (left.length > 0 && !options.signal.aborted) {
    for (const mark of await markUntilEnd(exercises, left, options)) marks.set(mark.exercise, mark);
    left = left.filter(({ slug }) => !marks.has(slug));
  }
  return asked.flatMap((lesson) => {
    const missing = `missing: there is no server.ts and no client.ts of ${lesson.slug}`;
    return marks.get(lesson.slug) ?? (exercises.slugs.includes(lesson.slug) ? [] : noMark(lesson, missing));
  });
}

/** @returns the exercises, or why there are none */
function find(submission: Submission, asked: readonly Lesson[]): Exercises | string {
  try {
    return exercisesIn(submission, asked) ?? "missing: there are no exercises in this folder";
  } catch (error) {
    return `unreadable: ${messageOf(error)}`;
  }
}

/** Marks the first exercises, up to the one that ended the grader; at least one unless aborted. */
async function markUntilEnd(
  exercises: Exercises,
  left: readonly Lesson[],
  options: MarkOptions,
): Promise<readonly Mark[]> {
  let sandbox: Sandbox;
  try {
    sandbox = openSandbox(exercises, left, options.compiled);
  } catch (error) {
    return left.map((lesson) => noMark(lesson, `unreadable: ${messageOf(error)}`));
  }
  try {
    return await markIn(sandbox, left, options);
  } finally {
    try {
      sandbox.remove();
    } catch (error) {
      options.onNote(`${sandbox.folder} could not be removed: ${messageOf(error)}`);
    }
  }
}

async function markIn(sandbox: Sandbox, left: readonly Lesson[], options: MarkOptions): Promise<readonly Mark[]> {
  const { seed, signal, exerciseMs } = options;
  const marks: Mark[] = [];
  let stopped: string | null = null;
  let startedAt = performance.now();
  const onLine = (line: string) => {
    if (stopped !== null) return;
    const mark = readMark(line);
    if (mark === null || mark.exercise !== left[marks.length]?.slug) {
      stop("stopped: something that is no mark was written in the grader's name");
      return;
    }
    marks.push(mark);
    startedAt = performance.now();
    timeout.refresh();
  };
  const grader = startGrader(sandbox, { seed, slugs: left.map(({ slug }) => slug), onLine });
  const stop = (reason: string) => {
    stopped ??= reason;
    grader.kill();
  };
  const onAbort = () => stop("");
  signal.addEventListener("abort", onAbort, { once: true });
  const timeout = setTimeout(() => stop(`stopped: the grader was not done after ${exerciseMs / 1_000} s`), exerciseMs);
  const how = await grader.ended;
  clearTimeout(timeout);
  signal.removeEventListener("abort", onAbort);
  const next = left[marks.length];
  const seconds = (performance.now() - startedAt) / 1_000;
  if (next && !signal.aborted) marks.push(noMark(next, stopped ?? `crashed: ${how}`, seconds));
  return marks;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
