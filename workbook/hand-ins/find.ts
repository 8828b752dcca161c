/** Finds the submissions in a folder, and the exercises in a submission. */
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";

/** One student's folder. */
export interface Submission {
  /** The folder's name. */
  readonly student: string;
  /** Absolute. */
  readonly folder: string;
}

export interface Found {
  /** By name; numbers in names are sorted by value. */
  readonly submissions: readonly Submission[];
  /** Names of entries that are not folders, such as zip files. */
  readonly others: readonly string[];
}

/** The exercises of one submission. */
export interface Exercises {
  /**
   * - `many`: `folder` has a folder NN-slug for each exercise
   * - `one`: the files of the one exercise that was asked for are in `folder` itself
   */
  readonly is: "many" | "one";
  readonly folder: string;
  readonly slugs: readonly string[];
}

/** How many folders down exercises may be: those of a zipped clone are three down. */
const maxDepth = 3;
/** These hold folders with the exercises' names too. */
const notExercises = /^(?:lessons|solutions|test|workbook|node_modules|__MACOSX|\..*)$/;
const byName = new Intl.Collator("en", { numeric: true });

/** All submissions in a folder, without hidden entries. @throws the system's error if it cannot be read */
export function submissionsIn(folder: string): Found {
  const names = readdirSync(folder).filter((name) => !name.startsWith(".") && name !== "__MACOSX");
  const isFolder = (name: string) =>
    statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true;
  return {
    submissions: names
      .filter(isFolder)
      .sort(byName.compare)
      .map((student) => ({ student, folder: path.join(folder, student) })),
    others: names.filter((name) => !isFolder(name)),
  };
}

/**
 * Looks for the folder with the most exercises, and of two with as many for the one that is less deep. A submission may be
 * a clone, its exercises folder, or what a zip made of either. Links are not followed.
 * @returns null if there is nothing to grade
 * @throws the system's error if a folder cannot be read
 */
export function exercisesIn({ folder }: Submission, asked: readonly Lesson[]): Exercises | null {
  let best: Exercises | null = null;
  let level = [folder];
  for (let depth = 0; depth <= maxDepth; depth++) {
    for (const each of level) {
      const slugs = asked.filter((lesson) => hasFiles(lesson, path.join(each, lesson.slug))).map(({ slug }) => slug);
      if (slugs.length > (best?.slugs.length ?? 0)) best = { is: "many", folder: each, slugs };
    }
    level = depth < maxDepth ? level.flatMap(foldersIn) : [];
  }
  const [only, another] = asked;
  if (best === null && only && !another && hasFiles(only, folder)) return { is: "one", folder, slugs: [only.slug] };
  return best;
}

/** True if the folder has a file of the step. */
function hasFiles({ files }: Lesson, folder: string): boolean {
  return files.some((file) => existsSync(path.join(folder, file)));
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notExercises.test(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .sort(byName.compare);
}
