/** The file of marks: whole at every moment, and never written over one that was there before. */
import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { wrongCall } from "../command.ts";

export interface MarksFile {
  /** Absolute path of the copy of what was there before; null when nothing was. */
  readonly backup: string | null;
  /** Replaces the whole text. @throws the system's error */
  write(text: string): void;
}

/**
 * Writes a first text, so that a file that cannot be written is found before anything is graded.
 * @param given as it was typed
 * @throws a wrong call with the reason
 */
export function openMarksFile(given: string, text: string): MarksFile {
  const file = path.resolve(process.env["INIT_CWD"] ?? process.cwd(), given);
  const write = (whole: string) => {
    const part = `${file}.${process.pid}.part`;
    try {
      writeFileSync(part, whole);
      renameSync(part, file);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  };
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const backup = backUp(file);
    write(text);
    return { backup, write };
  } catch (error) {
    throw wrongCall(`${given} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Keeps marks.csv as marks.backup-1.csv, or under the next number that is free. */
function backUp(file: string): string | null {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const { dir, name, ext } = path.parse(file);
  for (let n = 1; ; n++) {
    const backup = path.join(dir, `${name}.backup-${n}${ext}`);
    if (existsSync(backup)) continue;
    copyFileSync(file, backup, constants.COPYFILE_EXCL);
    return backup;
  }
}
