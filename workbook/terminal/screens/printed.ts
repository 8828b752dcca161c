/** What the learner's code printed, labelled by side and time of the scenario's clock. */
import type { Printed } from "../../contract/model/run.ts";
import { wrapCode } from "../../report/code.ts";
import { dim, line, type Line, type Sheet } from "../style.ts";
import { counted, cut, learners } from "../../report/text.ts";
import { formFor } from "../../report/time.ts";

/** One printed line. */
interface PrintedLine {
  readonly from: Printed["from"];
  readonly atMs: number;
  readonly text: string;
}

/** Printed texts, a line each. */
export function linesOf(output: readonly Printed[]): PrintedLine[] {
  return output.flatMap(({ from, atMs, text }) =>
    text
      .replace(/\r?\n$/, "")
      .split(/\r?\n/)
      .map((each) => ({ from, atMs, text: each })),
  );
}

/** The last `limit` printed lines, and how many there are; megabytes are not split for it. */
export function lastLines(output: readonly Printed[], limit: number): { lines: PrintedLine[]; total: number } {
  const lines: PrintedLine[] = [];
  let total = 0;
  for (const { from, atMs, text } of output.toReversed()) {
    let end = text.endsWith("\n") ? text.length - 1 : text.length;
    for (;;) {
      const start = end === 0 ? 0 : text.lastIndexOf("\n", end - 1) + 1;
      if (total++ < limit) lines.unshift({ from, atMs, text: text.slice(start, end).replace(/\r$/, "") });
      if (start === 0) break;
      end = start - 1;
    }
  }
  return { lines, total };
}

/** The last `limit` lines that were printed in the scenario of a verdict; none where nothing was printed. */
export function drawPrinted(output: readonly Printed[], limit: number, live: boolean, sheet: Sheet): Line[] {
  if (output.length === 0 || limit === 0) return [];
  const { lines, total } = lastLines(output, limit);
  const left = total - lines.length;
  const more = left === 0 ? "" : `, after ${counted(left, "line")} more${live ? ": press p" : ""}`;
  return [line("  ", dim(sheet.say(`printed meanwhile${more}`))), ...rowsOf(lines, sheet)];
}

/** Printed lines with side and time, a row each: what is too wide is cut. */
export function rowsOf(lines: readonly PrintedLine[], sheet: Sheet): Line[] {
  const { dots } = sheet.glyphs;
  const head = headFor(lines, sheet);
  return lines.map((each) => {
    const room = Math.max(4, sheet.width - head(each).length);
    return line(dim(head(each)), cut(learners(each.text, dots), room, dots));
  });
}

/** Printed lines with side and time, whole: what is too wide goes on in the next row. */
export function wholeRows(lines: readonly PrintedLine[], sheet: Sheet): Line[] {
  const head = headFor(lines, sheet);
  return lines.flatMap((each) => {
    const room = Math.max(4, sheet.width - head(each).length);
    return wrapCode(learners(each.text, sheet.glyphs.dots), room).map((row, index) =>
      line(dim(index === 0 ? head(each) : " ".repeat(head(each).length)), row.text),
    );
  });
}

function headFor(lines: readonly PrintedLine[], sheet: Sheet): (of: PrintedLine) => string {
  const time = formFor(lines.reduce((ms, each) => Math.max(ms, each.atMs), 0));
  return ({ atMs, from }) => (sheet.tiny ? "  " : `${time(atMs).padStart(10)}   ${from}  `);
}
