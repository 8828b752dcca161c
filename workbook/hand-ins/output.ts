/** The file of marks: at every moment a whole one, and never over one that was there before. */
import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { wrongCall } from "../commands/command.ts";

export interface Output {
  /** Absolute path of the copy of what was there before; null when nothing was. */
  readonly backup: string | null;
  /** Replaces the whole text. @throws the system's error */
  write(text: string): void;
}

/**
 * Opens it for writing, with a first text, so that what stands in the way shows before the work and not after it.
 * @throws a wrong call with the reason
 */
export function openOutput(given: string, text: string): Output {
  const file = path.resolve(process.env["INIT_CWD"] ?? process.cwd(), given);
  const write = (whole: string) => {
    const half = `${file}.${process.pid}.part`;
    try {
      writeFileSync(half, whole);
      renameSync(half, file);
    } catch (error) {
      rmSync(half, { force: true });
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

/** marks.csv is kept as marks.backup-1.csv, or the next number that is free. */
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
