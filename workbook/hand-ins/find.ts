/** What lies in a folder of hand-ins: whose they are, and where in each the exercises are. */
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";

/** One student's folder. */
export interface HandIn {
  /** The folder's name. */
  readonly student: string;
  /** Absolute. */
  readonly folder: string;
}

export interface Found {
  /** By name, numbers in them by their value. */
  readonly handIns: readonly HandIn[];
  /** Names of what is no folder, such as zip files. */
  readonly others: readonly string[];
}

/** Where the exercises of one hand-in are. */
export type Home =
  /** A folder with folders NN-slug in it. */
  | { readonly is: "many"; readonly folder: string; readonly slugs: readonly string[] }
  /** The files of the one exercise that was asked for lie in the folder itself. */
  | { readonly is: "one"; readonly folder: string; readonly slugs: readonly string[] };

/** So many folders down is looked for them: a zip of a clone has them three down. */
const deepest = 3;
/** The workbook's own trees have folders of the same names. */
const ours = /^(?:lessons|solutions|test|workbook|node_modules|__MACOSX|\..*)$/;
const byName = new Intl.Collator("en", { numeric: true });

/** All hand-ins in a folder. Hidden entries are left out. @throws the system's error if it cannot be read */
export function handInsIn(folder: string): Found {
  const names = readdirSync(folder).filter((name) => !name.startsWith(".") && name !== "__MACOSX");
  const isFolder = (name: string) =>
    statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true;
  return {
    handIns: names
      .filter(isFolder)
      .sort(byName.compare)
      .map((student) => ({ student, folder: path.join(folder, student) })),
    others: names.filter((name) => !isFolder(name)),
  };
}

/**
 * The folder of a hand-in that holds the most exercises; of two with as many, the one that is less deep. A hand-in may
 * be a clone, its exercises folder, or what a zip made of either. Links are not followed.
 * @returns null when there is nothing to grade
 * @throws the system's error if a folder cannot be read
 */
export function homeOf({ folder }: HandIn, asked: readonly Lesson[]): Home | null {
  let best: Home | null = null;
  let level = [folder];
  for (let depth = 0; depth <= deepest; depth++) {
    for (const each of level) {
      const slugs = asked.filter((lesson) => hasFiles(lesson, path.join(each, lesson.slug))).map(({ slug }) => slug);
      if (slugs.length > (best?.slugs.length ?? 0)) best = { is: "many", folder: each, slugs };
    }
    level = depth < deepest ? level.flatMap(foldersIn) : [];
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
    .filter((entry) => entry.isDirectory() && !ours.test(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .sort(byName.compare);
}
