/** The parts of a screen, and how they are fitted into the terminal's rows. */
import { blank, bold, dim, hangingIndent, lengthOf, line, type Line, type Sheet, type Span } from "../style.ts";

export interface Screen {
  readonly top: readonly Line[];
  readonly body: readonly Line[];
  /** A single message, between body and next. */
  readonly message?: readonly Line[];
  readonly next: readonly Line[];
  readonly keys: readonly Line[];
}

/** A key, and what it does. */
export type Key = readonly [key: string, caption: string];

/** All lines of a screen, a blank line between its parts. */
export function allLines({ top, body, message = [], next, keys }: Screen): Line[] {
  const blocks = [top, body, message, next, keys].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (index === 0 ? [...block] : [blank, ...block]));
}

/**
 * The lines of a screen, in no more than `sheet.rows`. Blank lines are left out first, then the end of the body, then
 * the keys. The first line and "next" stay.
 */
export function fit(screen: Screen, sheet: Sheet): Line[] {
  const { rows } = sheet;
  if (allLines(screen).length <= rows) return allLines(screen);
  const dense = allLines({ ...screen, body: screen.body.filter((each) => lengthOf(each) > 0) });
  if (dense.length <= rows) return dense;
  const tight = dense.filter((each) => lengthOf(each) > 0);
  if (tight.length <= rows) return tight;
  if (screen.next.length >= rows) return screen.next.slice(0, rows);
  const end = [...(screen.message ?? []), ...screen.next, ...screen.keys];
  const short = end.length + 3 <= rows ? end : [...screen.next];
  const start = [...screen.top, ...screen.body].filter((each) => lengthOf(each) > 0);
  const room = rows - short.length;
  const left = start.length - (room - 1);
  if (left <= 1) return [...start.slice(0, room), ...short];
  const note = line(dim(sheet.printable(`${sheet.glyphs.dots} ${left} more lines: make the window taller`)));
  return [...start.slice(0, room - 1), note, ...short];
}

/** "next    edit … and save": what to do now. */
export function nextLine(words: string, sheet: Sheet): Line[] {
  return hangingIndent(line(dim("next"), "    "), sheet.printable(words), sheet.width);
}

/** The keys of a screen; none if it is printed once and no keys are read. */
export function keysLine(keys: readonly Key[], live: boolean, sheet: Sheet): Line[] {
  if (!live) return [];
  const rows: Span[][] = [[]];
  for (const [key, caption] of keys) {
    const entry = [bold(key), dim(caption === "" ? "" : ` ${caption}`)];
    const row = rows.at(-1) ?? [];
    if (row.length === 0) row.push(...entry);
    else if (lengthOf(row) + 3 + lengthOf(entry) <= sheet.width) row.push(dim("   "), ...entry);
    else rows.push(entry);
  }
  return rows.map((row) => line(...row));
}

/** The lines of a message, if there is one. */
export function messageLines(message: string | null | undefined, sheet: Sheet): Line[] {
  return message ? hangingIndent([], sheet.printable(message), sheet.width) : [];
}

/** A run's notice, and a blank line. */
export function noticeLines(notice: string | null, sheet: Sheet): Line[] {
  return notice === null ? [] : [...messageLines(notice, sheet), blank];
}
