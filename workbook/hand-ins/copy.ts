/** Copies of the workbook itself, without solutions. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import path from "node:path";

const parts = ["workbook", "lessons", "package.json", "tsconfig.json"];
/** What the workbook has compiled for itself, and in a workbook that is in use its state. */
const compiled = ".workbook";
/**
 * What is compiled is kept for files of a certain path, size and time. So each copy's files are of one time, to the
 * second, which every file system can hold.
 */
const time = new Date("2026-01-01T00:00:00Z");

/** @param withCompiled what the workbook there has compiled comes along @throws the system's error */
export function copyWorkbook(from: string, to: string, withCompiled: boolean): void {
  for (const part of parts) copy(path.join(from, part), path.join(to, part), true);
  const made = path.join(from, compiled);
  if (withCompiled && existsSync(made)) copy(made, path.join(to, compiled), false);
}

function copy(from: string, to: string, timed: boolean): void {
  if (statSync(from).isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) copy(path.join(from, name), path.join(to, name), timed);
  } else {
    copyFileSync(from, to);
  }
  if (timed) utimesSync(to, time, time);
}
