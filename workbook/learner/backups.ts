/** .workbook/backups/NN-slug/TIME/: the learner's files from before something replaced them. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";
import { root } from "../root.ts";
import { writeWhole } from "./write-whole.ts";

/** A backup of a step. */
export interface Backup {
  /** The folder's name: the local time at which it was made, such as 2026-11-24_14-03-22. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/** All backups of a step, the newest first. */
export function backupsOf(lesson: Lesson): Backup[] {
  const home = homeOf(lesson);
  if (!existsSync(home)) return [];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: path.join(home, name) }))
    .sort((a, b) => b.name.localeCompare(a.name, "en", { numeric: true }));
}

/**
 * Copies files into a new backup.
 * @param files absolute paths; each keeps its name
 * @returns null when there are no files
 */
export function backUp(lesson: Lesson, files: readonly string[], now: Date): Backup | null {
  if (files.length === 0) return null;
  const backup = freeBackup(homeOf(lesson), stamp(now));
  mkdirSync(backup.folder, { recursive: true });
  // Not copyFileSync: it spins for ever if an editor shrinks the file meanwhile (seen on Node 20, 22 and 24).
  for (const file of files) writeWhole(path.join(backup.folder, path.basename(file)), readFileSync(file));
  return backup;
}

function homeOf(lesson: Lesson): string {
  return path.join(root, ".workbook", "backups", lesson.slug);
}

/** Local time as a folder name that Windows allows too: 2026-11-24_14-03-22. */
function stamp(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}_${two(time.getHours())}-${two(time.getMinutes())}-${two(time.getSeconds())}`;
}

function freeBackup(home: string, time: string): Backup {
  for (let n = 1; ; n++) {
    const name = n === 1 ? time : `${time}_${n}`;
    if (!existsSync(path.join(home, name))) return { name, folder: path.join(home, name) };
  }
}
