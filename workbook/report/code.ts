/** Lines of code made fit for a screen: nothing is cut away, what is too long goes on under its own indentation. */
import { escaped, widthOf } from "./text.ts";

/** One row of a line of code. */
export interface CodeRow {
  /** With its indentation. */
  readonly text: string;
  /** The place of its first character in the whole line, from 0; its indentation does not count. */
  readonly from: number;
  /** Blanks before that character that the line itself does not have. */
  readonly indent: number;
}

/** Tabs indent code, so they are blanks here; other control characters are shown as what they are. */
export function readableCode(text: string): string {
  return escaped(text.replaceAll("\t", "    "));
}

/** How much further in a line goes on. */
const further = 4;

/** A line of readable code in rows of at most `width` characters, broken at blanks where there are some. Never empty. */
export function wrapCode(code: string, width: number): CodeRow[] {
  const chars = Array.from(code);
  const own = chars.findIndex((char) => char !== " ");
  const indent = Math.min((own < 0 ? 0 : own) + further, Math.floor(width / 2));
  const rows: CodeRow[] = [];
  let from = 0;
  do {
    const before = from === 0 ? 0 : indent;
    const room = Math.max(1, width - before);
    const end = from + room >= chars.length ? chars.length : breakAt(chars, from === 0 ? own : from, from + room);
    rows.push({ text: " ".repeat(before) + chars.slice(from, end).join("").trimEnd(), from, indent: before });
    from = end;
    while (from < chars.length && chars[from] === " ") from++;
  } while (from < chars.length);
  return rows;
}

/** After the last blank in the second half of the row, else at its end. */
function breakAt(chars: readonly string[], first: number, end: number): number {
  const half = first + Math.ceil((end - first) / 2);
  const blank = chars.lastIndexOf(" ", end);
  return blank >= half ? blank : end;
}

/** Where in its row a place of the whole line stands, in characters. */
export function columnIn({ text, from, indent }: CodeRow, place: number): number {
  return Math.min(indent + place - from, widthOf(text));
}
