/** Writes files so that a kill or a full disk leaves the old one or the new one, each of them whole. */
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes a file beside the place where it belongs, then renames it into place. A link is followed, and keeps its target.
 * @throws the file system's error; the old file is untouched then
 */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const target = targetOf(file);
  const mode = statSync(target, { throwIfNoEntry: false })?.mode ?? 0o666;
  const part = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.part`);
  try {
    const fd = openSync(part, "w", mode);
    try {
      writeFileSync(fd, bytes);
      // Without it a power cut can leave a renamed file that is empty.
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** The file that a path leads to, through links; the path itself where there is no file yet. */
function targetOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? file : realpathSync(file);
}
