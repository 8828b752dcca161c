/** The files of an exercise's folder at one moment. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Editors' own files do not match: their names end in ~ or .swp. */
const countedNames = /\.(?:[mc]?[tj]s|json)$/;

/** A folder and its subfolders with their inode numbers, without node_modules; empty if the folder does not exist. */
export function foldersIn(folder: string): { folder: string; ino: number }[] {
  let ino: number;
  try {
    ino = statSync(folder).ino;
  } catch {
    return []; // It does not exist (yet).
  }
  const inner = entries(folder).filter((entry) => entry.isDirectory() && entry.name !== "node_modules");
  return [{ folder, ino }, ...inner.flatMap((entry) => foldersIn(path.join(folder, entry.name)))];
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // Removed since it was listed.
  }
}

/** The code and JSON files of a folder, by absolute path, with their text. Hidden files are left out. */
export function snapshot(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const each of foldersIn(folder)) {
    for (const entry of entries(each.folder)) {
      if (!entry.isFile() || !countedNames.test(entry.name) || entry.name.startsWith(".")) continue;
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
    return null; // Removed, or locked by the editor: the next look reads it.
  }
}
