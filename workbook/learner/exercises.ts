/**
 * The learner's own files, exercises/NN-slug/*.ts. Only this module writes them: it copies them when a step starts, and
 * never replaces one without a backup.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { FileName, Lesson } from "../content/lesson.ts";
import { places } from "../content/places.ts";
import { backUp, type Backup } from "./backups.ts";
import { writeWhole } from "./write-whole.ts";

/** True if the exercise's folder has one of the files that the lesson asks to edit. */
export function isStarted(lesson: Lesson): boolean {
  return lesson.edits.some((file) => existsSync(places(lesson.slug).mine(file)));
}

/** Absolute paths of the step's files that the learner has. */
export function ownFiles(lesson: Lesson): Readonly<Record<FileName, string>> {
  const { mine } = places(lesson.slug);
  return Object.fromEntries(lesson.files.map((file) => [file, mine(file)]).filter(([, file = ""]) => existsSync(file)));
}

/** Where a step's first files come from: the starter that is handed out, or the learner's own of an earlier step. */
export type StartFrom = "starter" | "own";

/**
 * Copies the step's first files into the exercise's folder. A file that is there already stays as it is.
 * @returns the absolute paths that were written
 */
export function startStep(lesson: Lesson, from: StartFrom = "starter"): string[] {
  const place = places(lesson.slug);
  mkdirSync(place.exercise, { recursive: true });
  const written: string[] = [];
  for (const file of lesson.files) {
    const source = (from === "own" ? earlierOwn(lesson, file) : null) ?? place.starter(file);
    if (existsSync(place.mine(file)) || !existsSync(source)) continue;
    writeWhole(place.mine(file), readFileSync(source));
    written.push(place.mine(file));
  }
  return written;
}

/** The learner's own file of the lesson whose solution the starter is; null when there is none. */
function earlierOwn(lesson: Lesson, file: FileName): string | null {
  const from = lesson.startsFrom[file];
  if (from === undefined || from === "own") return null;
  const own = places(from).mine(file);
  return existsSync(own) ? own : null;
}

/** What a command did that replaces files. */
export interface Replaced {
  /** Absolute paths of the files that were written. */
  readonly written: readonly string[];
  /** The files from before; null when there were none. */
  readonly backup: Backup | null;
}

/** Puts the starter back. The learner's files are kept in a backup. */
export function resetStep(lesson: Lesson, now = new Date()): Replaced {
  return replace(lesson, places(lesson.slug).starter, now);
}

/** Puts the reference solution in place of the learner's files, which are kept in a backup. */
export function takeSolution(lesson: Lesson, now = new Date()): Replaced {
  return replace(lesson, places(lesson.slug).solution, now);
}

/** Puts the files of a backup back. The learner's files are kept in another one; the one that is put back stays too. */
export function restoreBackup(lesson: Lesson, { folder }: Backup, now = new Date()): Replaced {
  return replace(lesson, (file) => path.join(folder, file), now);
}

function replace(lesson: Lesson, source: (file: FileName) => string, now: Date): Replaced {
  const place = places(lesson.slug);
  const backup = backUp(lesson, Object.values(ownFiles(lesson)), now);
  mkdirSync(place.exercise, { recursive: true });
  const written: string[] = [];
  for (const file of lesson.files) {
    if (!existsSync(source(file))) continue;
    writeWhole(place.mine(file), readFileSync(source(file)));
    written.push(place.mine(file));
  }
  return { written, backup };
}
