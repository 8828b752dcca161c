/** Copies the workbook itself, without solutions. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import path from "node:path";

const parts = ["workbook", "lessons", "package.json", "tsconfig.json"];
/** What the workbook has compiled for itself, and its state. */
const compiledFolder = ".workbook";
/**
 * The compiled engine is valid for files of one path, size and time. So the files of every copy get the same time, in whole
 * seconds, which every file system can store.
 */
const time = new Date("2026-01-01T00:00:00Z");

/** @param withCompiled also copy what the workbook at `from` has compiled @throws the system's error */
export function copyWorkbook(from: string, to: string, withCompiled: boolean): void {
  for (const part of parts) copy(path.join(from, part), path.join(to, part), true);
  const compiled = path.join(from, compiledFolder);
  if (withCompiled && existsSync(compiled)) copy(compiled, path.join(to, compiledFolder), false);
}

function copy(from: string, to: string, setTime: boolean): void {
  if (statSync(from).isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) copy(path.join(from, name), path.join(to, name), setTime);
  } else {
    copyFileSync(from, to);
  }
  if (setTime) utimesSync(to, time, time);
}
