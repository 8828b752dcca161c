/** npm run lesson N restore [NAME]: puts the files of a backup back, and keeps a backup of the learner's. */
import { readdirSync } from "node:fs";
import { backupsOf, type Backup } from "../../learner/backups.ts";
import type { Lesson } from "../../content/lesson.ts";
import { pathFromRoot } from "../../content/places.ts";
import { two } from "../../report/text.ts";
import { restoreBackup } from "../../learner/exercises.ts";
import { exit, say, wrongCall } from "../command.ts";
import { sayReplaced } from "./replace.ts";

/**
 * Restores a backup, or the newest if none is named, and prints which others there are.
 * @param named a backup's name, or the path of its folder as the commands print it
 * @throws a wrong call if there is no such backup
 */
export function restore(lesson: Lesson, named: string | null): number {
  const backups = backupsOf(lesson).filter((backup) => hasFiles(lesson, backup));
  const chosen = named === null ? newest(lesson, backups) : namedOne(lesson, backups, named);
  if (named === null && backups.length > 1) say(`${listOf(lesson, backups)}\nThe newest is taken.`);
  sayReplaced(lesson, restoreBackup(lesson, chosen), `those of ${pathFromRoot(chosen.folder)}/`);
  return exit.passed;
}

function hasFiles({ files }: Lesson, { folder }: Backup): boolean {
  const names = readdirSync(folder);
  return files.some((file) => names.includes(file));
}

function newest(lesson: Lesson, [first]: readonly Backup[]): Backup {
  if (first) return first;
  throw wrongCall(
    `Step ${two(lesson.number)} has no backup: one is made when take, reset or restore puts other files in place of yours.`,
  );
}

function namedOne(lesson: Lesson, backups: readonly Backup[], named: string): Backup {
  const found = backups.find((backup) => backup.name === named || pathFromRoot(backup.folder) === pathOf(named));
  if (found) return found;
  const there = backups.length === 0 ? `Step ${two(lesson.number)} has none.` : listOf(lesson, backups);
  throw wrongCall(`Step ${two(lesson.number)} has no backup "${named}". ${there}`);
}

/** In the form that is shown: with slashes, and none at the end. */
function pathOf(named: string): string {
  return named.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
}

function listOf(lesson: Lesson, backups: readonly Backup[]): string {
  const rows = backups.map((backup) => `  npm run lesson ${lesson.number} restore ${backup.name}`);
  return [`Backups of step ${two(lesson.number)}, the newest first:`, ...rows].join("\n");
}
