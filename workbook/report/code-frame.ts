/** A few lines of a file around a place, as data; how they look is up to a reporter. */
import { readFileSync } from "node:fs";

export interface FrameLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The line that it is about. */
  readonly marked: boolean;
}

export interface CodeFrame {
  /** Two lines before, the line itself, one after, as far as the file has them. */
  readonly lines: readonly FrameLine[];
  /** Where in the marked line, from 1; null when only the line is known. */
  readonly column: number | null;
}

/**
 * @param place a Problem or anything else that names file (as from the working directory), line and column
 * @returns null where no line is known, or the file has no such line (any more)
 */
export function codeFrame(place: {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}): CodeFrame | null {
  if (place.file === null || place.line === null) return null;
  const { line, column } = place;
  const all = read(place.file);
  if (!all || line < 1 || line > all.length) return null;
  const first = Math.max(1, line - 2);
  const lines = all.slice(first - 1, line + 1).map((text, index) => ({
    number: first + index,
    text,
    marked: first + index === line,
  }));
  return { lines, column };
}

/** undefined when the file cannot be read: it may be gone since, and the sentence above the frame still holds. */
function read(file: string): string[] | undefined {
  try {
    return readFileSync(file, "utf8").split(/\r\n|\n|\r/);
  } catch {
    return undefined;
  }
}
