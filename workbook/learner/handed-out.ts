/** What a step hands out, as hashes, so that the workbook can say when a new release has changed it. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";
import { places } from "../content/places.ts";

/** Hashes of a step's SPEC.md and starters, by file name. Line ends do not count. */
export function handedOut(lesson: Lesson): Record<string, string> {
  const { spec, starter } = places(lesson.slug);
  const hashes: Record<string, string> = {};
  for (const file of [spec, ...lesson.files.map(starter)]) {
    if (existsSync(file)) hashes[path.basename(file)] = hash(readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
  }
  return hashes;
}

/** Names of the files that have changed since. @param begun the hashes from then; empty when they are not known */
export function changedSince(lesson: Lesson, begun: Readonly<Record<string, string>>): string[] {
  const now = handedOut(lesson);
  return Object.keys(begun).filter((name) => now[name] !== undefined && now[name] !== begun[name]);
}

/** A short hash of a text: 16 hex digits. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
