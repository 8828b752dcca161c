/** Grades one hand-in in processes of its own, so that nothing that it does ends the grading of the others. */
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";
import { homeOf, type HandIn, type Home } from "./find.ts";
import { openRoom, type Room } from "./room.ts";
import { readMark, rowsWord, unmarked, type Mark } from "./rows.ts";
import type { Stand } from "./stand.ts";

export interface HandInOptions {
  readonly seed: number;
  /** Ends it; the marks that are known by then stay. */
  readonly signal: AbortSignal;
  /** ms that one exercise may take. The grader ends what hangs by itself; this is for a grader that hangs. */
  readonly exerciseMs: number;
  /** Told what does not change a mark, such as a folder that could not be removed. */
  readonly onNote: (sentence: string) => void;
  /** Where its room may be; without: somewhere. */
  readonly stand?: Stand | undefined;
}

/**
 * A mark for each exercise asked for, in their order; fewer only if `signal` ends it. Never rejects for what is in the
 * hand-in: its mark says what is wrong.
 */
export async function markHandIn(
  handIn: HandIn,
  asked: readonly Lesson[],
  options: HandInOptions,
): Promise<readonly Mark[]> {
  const home = found(handIn, asked);
  if (typeof home === "string") return asked.map((lesson) => unmarked(lesson, home));
  const marks = new Map<string, Mark>();
  let left = asked.filter(({ slug }) => home.slugs.includes(slug));
  while (left.length > 0 && !options.signal.aborted) {
    for (const mark of await markInRoom(home, left, options)) marks.set(mark.exercise, mark);
    left = left.filter(({ slug }) => !marks.has(slug));
  }
  return asked.flatMap((lesson) => {
    const missing = `missing: there is no server.ts and no client.ts of ${lesson.slug}`;
    return marks.get(lesson.slug) ?? (home.slugs.includes(lesson.slug) ? [] : unmarked(lesson, missing));
  });
}

function found(handIn: HandIn, asked: readonly Lesson[]): Home | string {
  try {
    return homeOf(handIn, asked) ?? "missing: there are no exercises in this folder";
  } catch (error) {
    return `unreadable: ${words(error)}`;
  }
}

/** Marks of the first exercises, up to the one at which the process ended, if it did; at least one unless aborted. */
async function markInRoom(home: Home, left: readonly Lesson[], options: HandInOptions): Promise<readonly Mark[]> {
  let room: Room;
  try {
    room = openRoom(home, left, options.stand);
  } catch (error) {
    return left.map((lesson) => unmarked(lesson, `unreadable: ${words(error)}`));
  }
  try {
    return await listen(room, left, options);
  } finally {
    try {
      room.remove();
    } catch (error) {
      options.onNote(`${room.folder} could not be removed: ${words(error)}`);
    }
  }
}

/** What was written before the end is read for so long, ms. */
const unreadMs = 2_000;

function listen(room: Room, left: readonly Lesson[], options: HandInOptions): Promise<readonly Mark[]> {
  const slugs = left.map(({ slug }) => slug);
  const main = path.join(room.folder, "workbook", "main.js");
  const running = spawn(process.execPath, [main, "grade", rowsWord, String(options.seed), ...slugs], {
    cwd: room.folder,
    env: room.env,
    // A group of its own: it ends with all that it started, and a ctrl-c here is ours alone.
    detached: process.platform !== "win32",
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const marks: Mark[] = [];
  let why: string | null = null;
  let startedAt = performance.now();
  const stop = (reason: string) => {
    why ??= reason;
    endGroup(running);
  };
  const onAbort = () => stop("");
  options.signal.addEventListener("abort", onAbort, { once: true });
  const late = setTimeout(() => {
    stop(`stopped: the grader was not done after ${options.exerciseMs / 1_000} s`);
  }, options.exerciseMs);
  const hear = (line: string) => {
    const mark = readMark(line);
    const expected = left[marks.length];
    if (why !== null) return;
    if (mark === null || mark.exercise !== expected?.slug) {
      stop("stopped: something that is no mark was written in the grader's name");
      return;
    }
    marks.push(mark);
    startedAt = performance.now();
    late.refresh();
  };
  const lastWords = said(running);
  eachLine(running, hear);
  return new Promise((resolve) => {
    let how = "";
    let unread: NodeJS.Timeout | undefined;
    const finish = () => {
      clearTimeout(late);
      clearTimeout(unread);
      options.signal.removeEventListener("abort", onAbort);
      const next = left[marks.length];
      const seconds = (performance.now() - startedAt) / 1_000;
      if (next && !options.signal.aborted) marks.push(unmarked(next, why ?? `crashed: ${how}${lastWords()}`, seconds));
      resolve(marks);
    };
    running.once("error", (error) => (how = `the grader could not be started (${error.message})`));
    running.once("exit", (code, signal) => {
      if (how === "") how = `the grader was ended ${signal ? `by ${signal}` : `with code ${code}`}`;
      // What it left behind goes too. Should somebody keep the pipes open all the same, they are not waited for.
      endGroup(running);
      unread = setTimeout(() => [running.stdout, running.stderr].forEach((pipe) => pipe?.destroy()), unreadMs);
    });
    running.once("close", finish);
  });
}

/** Ends a process and all of its group. */
function endGroup(running: ChildProcess): void {
  running.stdin?.destroy();
  if (process.platform === "win32" || running.pid === undefined) {
    running.kill("SIGKILL");
    return;
  }
  try {
    process.kill(-running.pid, "SIGKILL");
  } catch (error) {
    // Nobody of the group is left.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

const keptOfLine = 65_536;

function eachLine(running: ChildProcess, hear: (line: string) => void): void {
  let rest = "";
  running.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = (lines.pop() ?? "").slice(0, keptOfLine);
    lines.forEach(hear);
  });
}

/** What it said on standard error, as the end of a sentence: the error's own line, if there is one. */
function said(running: ChildProcess): () => string {
  let text = "";
  running.stderr?.setEncoding("utf8").on("data", (chunk: string) => (text = (text + chunk).slice(0, 2_000)));
  return () => {
    const lines = text.split("\n");
    const line = lines.find((each) => /^\w*Error\b/.test(each)) ?? lines[0] ?? "";
    return line === "" ? "" : `; it said: ${line}`;
  };
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
