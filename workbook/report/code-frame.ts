/** The lines of a file around a place in it, as data. Each reporter draws them its own way. */
import { readFileSync } from "node:fs";

export interface FrameLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The line that the place is in. */
  readonly marked: boolean;
}

export interface CodeFrame {
  /** Two lines before the place, its own line, and one after; fewer at the file's start and end. */
  readonly lines: readonly FrameLine[];
  /** The place in the marked line, from 1 in UTF-16 units; null when only the line is known. */
  readonly column: number | null;
}

/**
 * Reads the lines around a place.
 * @param place a Problem, say; `file` is relative to the working directory
 * @returns null if the line isn't known, or the file has no such line (any more)
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

/** The file's lines; undefined if it can't be read. It may be gone by now, and the problem is reported without a frame. */
function read(file: string): string[] | undefined {
  try {
    return readFileSync(file, "utf8").split(/\r\n|\n|\r/);
  } catch {
    return undefined;
  }
}
