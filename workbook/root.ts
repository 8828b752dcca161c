/** Where the workbook lies, and how its files are named to people. */
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The workbook's own folder, absolute. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** A file's path as people read it: from the workbook's folder, with slashes on every system. */
export function pathFromRoot(file: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}
