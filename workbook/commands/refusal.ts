/** What the file system refuses is no fault of the workbook: it gets a sentence that says what to change. */
import { pathFromRoot } from "../content/places.ts";

const remedies: Readonly<Record<string, string>> = {
  EACCES: "you have no right to do that. Change the rights of the file and its folder",
  EPERM:
    "the system does not allow it. Change the rights of the file and its folder, or close the program that holds it",
  EROFS: "the disk is read-only. Clone the workbook to a place that you can write to",
  ENOSPC: "the disk is full. Make room",
  EDQUOT: "your share of the disk is used up. Make room",
  EMFILE: "too many files are open. Close some programs",
  ENOTDIR: "a part of that path is a file where a folder should be. Move that file away",
  EISDIR: "there is a folder where a file should be. Move that folder away",
};

/** The sentence for an error of the file system that the person can mend; null for any other error. */
export function refusalWords(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  const { code } = error;
  const remedy = typeof code === "string" ? remedies[code] : undefined;
  if (remedy === undefined) return null;
  const file = "path" in error && typeof error.path === "string" ? pathFromRoot(error.path) : "a file";
  return `${file} could not be read or written (${code as string}): ${remedy}, then type the same line again.`;
}
