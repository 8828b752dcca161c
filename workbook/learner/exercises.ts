/**
 * exercises/NN-slug/server.ts and client.ts are the learner's own. This is the only room that writes them: copied when
 * a step starts, and never replaced without a backup.
 */
import { createHash } from "node:crypto";
import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { backUp, type Backup } from "./backups.ts";
import { places, type Lesson } from "../content/catalogue.ts";
import type { Side } from "../contract/model/recording.ts";
import { root } from "../root.ts";

/** Both sides, in the order in which they are shown. */
export const bothSides: readonly Side[] = ["server", "client"];

/** A path for people: relative to the workbook's folder, with slashes. */
export function shown(file: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}

/** True if the exercise's folder has a file of those that the lesson asks to edit. */
export function isStarted(lesson: Lesson): boolean {
  return lesson.edits.some((side) => existsSync(places(lesson.slug).mine(side)));
}

/** The learner's files that are there. */
export function ownFiles(lesson: Lesson): { server?: string; client?: string } {
  const found: { server?: string; client?: string } = {};
  for (const side of bothSides) {
    const file = places(lesson.slug).mine(side);
    if (existsSync(file)) found[side] = file;
  }
  return found;
}

/**
 * The exercise that the lesson's starter is made from, when it is another one's solution.
 * @returns its slug; null when the lesson brings its own starter.
 */
export function startsFrom(lesson: Lesson): string | null {
  const from = lesson.startsFrom.server === "own" ? lesson.startsFrom.client : lesson.startsFrom.server;
  return from === "own" ? null : from;
}

/** Where a step's first files come from: the handed-out starter, or the learner's own of the step before. */
export type StartFrom = "starter" | "own";

/**
 * Copies both first files into the exercise's folder. A file that is there already stays as it is.
 * @returns the absolute paths that were written.
 */
export function startStep(lesson: Lesson, from: StartFrom = "starter"): string[] {
  const place = places(lesson.slug);
  const earlier = from === "own" ? startsFrom(lesson) : null;
  mkdirSync(place.exercise, { recursive: true });
  const written: string[] = [];
  for (const side of bothSides) {
    const own = earlier === null ? null : places(earlier).mine(side);
    const source = own !== null && existsSync(own) ? own : place.starter(side);
    if (existsSync(place.mine(side)) || !existsSync(source)) continue;
    copyFileSync(source, place.mine(side), constants.COPYFILE_EXCL);
    written.push(place.mine(side));
  }
  return written;
}

/** What was done by a command that replaces files. */
export interface Replaced {
  /** Absolute paths now written anew. */
  readonly written: readonly string[];
  /** What was there before; null when nothing was. */
  readonly backup: Backup | null;
}

/** Puts the starter back. What was there is kept in a backup. */
export function resetStep(lesson: Lesson, now = new Date()): Replaced {
  return replace(lesson, places(lesson.slug).starter, now);
}

/** Puts the reference solution in the learner's place. What was there is kept in a backup. */
export function takeSolution(lesson: Lesson, now = new Date()): Replaced {
  return replace(lesson, places(lesson.slug).solution, now);
}

/** Puts the files of a backup back. What was there is kept in a backup too; the one that is put back stays. */
export function restoreBackup(lesson: Lesson, { folder }: Backup, now = new Date()): Replaced {
  return replace(lesson, (side) => path.join(folder, path.basename(places(lesson.slug).mine(side))), now);
}

function replace(lesson: Lesson, source: (side: Side) => string, now: Date): Replaced {
  const place = places(lesson.slug);
  const backup = backUp(lesson, Object.values(ownFiles(lesson)), now);
  mkdirSync(place.exercise, { recursive: true });
  const written: string[] = [];
  for (const side of bothSides) {
    if (!existsSync(source(side))) continue;
    writeFileSync(place.mine(side), readFileSync(source(side)));
    written.push(place.mine(side));
  }
  return { written, backup };
}

/** Hashes of what a step hands out (SPEC and starters), by name. Line ends do not count. */
export function handedOut(lesson: Lesson): Record<string, string> {
  const place = places(lesson.slug);
  const hashes: Record<string, string> = {};
  for (const file of [place.spec, place.starter("server"), place.starter("client")]) {
    if (existsSync(file)) hashes[path.basename(file)] = hash(readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
  }
  return hashes;
}

/** Names of what was handed out otherwise when the step was begun. `begun` as stored by then; empty: not known. */
export function changedSince(lesson: Lesson, begun: Readonly<Record<string, string>>): string[] {
  const now = handedOut(lesson);
  return Object.keys(begun).filter((name) => now[name] !== undefined && now[name] !== begun[name]);
}

/** A short hash of a text. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
