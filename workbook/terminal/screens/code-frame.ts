/** A few lines of the learner's file, with a sign under the place of a problem. */
import { columnIn, readableCode, wrapCode, type CodeRow } from "../../report/code.ts";
import { dim, inked, line, type Line, type Sheet } from "../style.ts";
import { cut, widthOf } from "../../report/columns.ts";
import type { CodeFrame, FrameLine } from "../../report/code-frame.ts";

/** Most rows of one line of code, as a generated line would fill the screen. */
const mostRows = 3;

/** Draws the frame, indented by two: a sign before the marked line, and ^ under the place, however far right it is. */
export function drawCodeFrame(frame: CodeFrame, sheet: Sheet): Line[] {
  const { here, bar } = sheet.glyphs;
  const digits = Math.max(2, ...frame.lines.map((each) => String(each.number).length));
  const room = Math.max(4, sheet.codeWidth - digits - 7);
  return frame.lines.flatMap((each): Line[] => {
    const number = String(each.number).padStart(digits);
    const margin = (first: boolean): Line => {
      if (!first) return [dim(`    ${" ".repeat(digits)} ${bar} `)];
      return each.marked ? line("  ", inked("fail", here), ` ${number} ${bar} `) : [dim(`    ${number} ${bar} `)];
    };
    const { rows, place } = rowsOf(each, frame.column, room, sheet.glyphs.dots);
    return rows.flatMap((row, index): Line[] => {
      const code = line(...margin(index === 0), inked(each.marked ? "plain" : "dim", row.text));
      if (place === null || row !== place.row) return [code];
      return [code, line(...margin(false), inked("fail", `${" ".repeat(place.column)}^`))];
    });
  });
}

interface Place {
  readonly row: CodeRow;
  readonly column: number;
}

/** The rows of a line to show: those around the place, if it is in this line. */
function rowsOf(
  { text, marked }: FrameLine,
  column: number | null,
  room: number,
  dots: string,
): { rows: CodeRow[]; place: Place | null } {
  const all = wrapCode(readableCode(text), room);
  const at = marked && column !== null ? widthOf(readableCode(text.slice(0, column - 1))) : null;
  const holds = at === null ? 0 : all.findLastIndex((row) => row.from <= at);
  const first = Math.max(0, Math.min(holds - 1, all.length - mostRows));
  const rows = all.slice(first, first + mostRows).map((row, index, shown) => {
    const opened = index === 0 && first > 0 ? { ...row, text: dots + row.text.slice(dots.length) } : row;
    const ends = index === shown.length - 1 && first + mostRows < all.length;
    return ends ? { ...opened, text: cut(opened.text + dots, room, dots) } : opened;
  });
  const row = rows[holds - first];
  return { rows, place: at === null || !row ? null : { row, column: Math.min(columnIn(row, at), room - 1) } };
}
