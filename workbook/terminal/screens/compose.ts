/** A screen's four pieces, and how they fit into the rows that there are. */
import { blank, bold, dim, hung, lengthOf, line, type Line, type Sheet, type Span } from "../style.ts";

export interface Screen {
  readonly top: readonly Line[];
  readonly body: readonly Line[];
  /** Said once, between body and next. */
  readonly message?: readonly Line[];
  readonly next: readonly Line[];
  readonly keys: readonly Line[];
}

/** A key and what it does. */
export type Key = readonly [key: string, caption: string];

/** All lines of a screen. */
export function joined({ top, body, message = [], next, keys }: Screen): Line[] {
  const blocks = [top, body, message, next, keys].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (index === 0 ? [...block] : [blank, ...block]));
}

/**
 * The lines of a screen in no more than `rows`: blank lines go first, then the end of the body, then the keys. The
 * first line and what begins with "next" stay.
 */
export function fit(screen: Screen, sheet: Sheet): Line[] {
  const { rows } = sheet;
  if (joined(screen).length <= rows) return joined(screen);
  const dense = joined({ ...screen, body: screen.body.filter((each) => lengthOf(each) > 0) });
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
  const note = line(dim(sheet.say(`${sheet.glyphs.dots} ${left} more lines: make the window taller`)));
  return [...start.slice(0, room - 1), note, ...short];
}

/** "next    edit … and save". Always the last thing of a body. */
export function nextLine(words: string, sheet: Sheet): Line[] {
  return hung(line(dim("next"), "    "), sheet.say(words), sheet.width);
}

/** The keys of a screen; none where nobody reads keys. */
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

/** A message's lines, if there is one. */
export function messageLines(message: string | null | undefined, sheet: Sheet): Line[] {
  return message ? hung([], sheet.say(message), sheet.width) : [];
}

/** What is said once above the verdicts, and a blank line. */
export function noticeLines(notice: string | null, sheet: Sheet): Line[] {
  return notice === null ? [] : [...messageLines(notice, sheet), blank];
}
