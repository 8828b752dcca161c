/** What lies in an exercise's folder at one moment. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const counts = /\.(?:[mc]?[tj]s|json)$/;

/** A folder and its subfolders, without installed packages; none if it is not there. */
export function foldersIn(folder: string): { folder: string; ino: number }[] {
  let ino: number;
  try {
    ino = statSync(folder).ino;
  } catch {
    return []; // Not there (yet).
  }
  const inner = entries(folder).filter((entry) => entry.isDirectory() && entry.name !== "node_modules");
  return [{ folder, ino }, ...inner.flatMap((entry) => foldersIn(path.join(folder, entry.name)))];
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // Gone since it was listed.
  }
}

/** All files that count, with their text. Editors' own files (hidden, or ending in ~) do not. */
export function snapshot(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const each of foldersIn(folder)) {
    for (const entry of entries(each.folder)) {
      if (!entry.isFile() || !counts.test(entry.name) || entry.name.startsWith(".")) continue;
      const file = path.join(each.folder, entry.name);
      const text = textOf(file);
      if (text !== null) files.set(file, text);
    }
  }
  return files;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null; // Gone, or held by the editor: the next look reads it.
  }
}
