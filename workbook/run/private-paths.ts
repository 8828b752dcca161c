/** Folders whose names no answer may show: they say how the machine is laid out. */
import { realpathSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { root } from "../root.ts";

/**
 * @param folders the subject's own, absolute
 * @returns those, the working, home and temporary folder, each as named and as it really lies; no root of a drive
 */
export function privatePaths(folders: readonly string[]): string[] {
  const all = [...folders, root, process.cwd(), homedir(), tmpdir()];
  const named = all.filter((folder) => folder !== "").map((folder) => path.resolve(folder));
  const real = named.map(realPath);
  return [...new Set([...named, ...real])].filter((folder) => path.dirname(folder) !== folder);
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder; // it is not there; its name is still none of a client's business
  }
}
