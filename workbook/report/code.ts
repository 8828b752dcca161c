/** Lines of code on a screen: nothing is cut off, a line that is too long goes on in the next row. */
import { rowEnd, widthOf } from "./columns.ts";
import { escaped } from "./text.ts";

/** One row of a line of code. Places and widths are columns, from 0. */
export interface CodeRow {
  /** With its indentation. */
  readonly text: string;
  /** Where the row begins in the whole line. */
  readonly from: number;
  /** How far the row is indented; 0 for the first one, whose blanks are the line's own. */
  readonly indent: number;
}

/** Code as it is printed: a tab takes four blanks, other control characters are escaped. */
export function readableCode(text: string): string {
  return escaped(text.replaceAll("\t", "    "));
}

/** How many columns deeper the further rows of a line are indented. */
const further = 4;

/** Breaks a line of readable code into rows of at most `width` columns, at blanks where there are some. Never empty. */
export function wrapCode(code: string, width: number): CodeRow[] {
  const own = code.search(/[^ ]/);
  const indent = Math.min(Math.max(0, own) + further, Math.floor(width / 2));
  const rows: CodeRow[] = [];
  let start = 0;
  let from = 0;
  do {
    const before = start === 0 ? 0 : indent;
    const full = rowEnd(code, start, Math.max(1, width - before));
    const end = full === code.length ? full : breakAt(code, start === 0 ? own : start, full);
    rows.push({ text: " ".repeat(before) + code.slice(start, end).trimEnd(), from, indent: before });
    let next = end;
    while (code[next] === " ") next++;
    from += widthOf(code.slice(start, next));
    start = next;
  } while (start < code.length);
  return rows;
}

/** After the last blank in the second half of the row, else at its end. */
function breakAt(code: string, first: number, end: number): number {
  const half = Math.max(0, first + Math.ceil((end - first) / 2));
  const blank = code.slice(half, end + 1).lastIndexOf(" ");
  return blank < 0 ? end : half + blank;
}

/** The column of its row at which a place of the whole line stands. */
export function columnIn({ text, from, indent }: CodeRow, place: number): number {
  return Math.min(indent + place - from, widthOf(text));
}
