/** Printed lines, each with the side that printed it and the time on the scenario's clock. */
import { cut } from "../../report/columns.ts";
import { wrapCode } from "../../report/code.ts";
import { lastPrintedLines, type PrintedLine } from "../../report/printed.ts";
import { counted, learners } from "../../report/text.ts";
import { formFor } from "../../report/time.ts";
import type { Printed } from "../../contract/model/run.ts";
import { dim, line, type Line, type Sheet } from "../style.ts";

/** The last `limit` lines that were printed in a verdict's scenario, a row each. Nothing if nothing was printed. */
export function drawPrinted(output: readonly Printed[], limit: number, live: boolean, sheet: Sheet): Line[] {
  if (output.length === 0 || limit === 0) return [];
  const { lines, total } = lastPrintedLines(output, limit);
  const left = total - lines.length;
  const more = left === 0 ? "" : `, after ${counted(left, "line")} more${live ? ": press p" : ""}`;
  return [line("  ", dim(sheet.printable(`printed meanwhile${more}`))), ...cutRows(lines, sheet)];
}

/** A row for each line; what is too wide is cut. */
function cutRows(lines: readonly PrintedLine[], sheet: Sheet): Line[] {
  const { dots } = sheet.glyphs;
  const head = headFor(lines, sheet);
  return lines.map((each) => {
    const room = Math.max(4, sheet.width - head(each).length);
    return line(dim(head(each)), cut(learners(each.text, dots), room, dots));
  });
}

/** Printed lines in full; what is too wide goes on in the next row. */
export function wrappedRows(lines: readonly PrintedLine[], sheet: Sheet): Line[] {
  const head = headFor(lines, sheet);
  return lines.flatMap((each) => {
    const room = Math.max(4, sheet.width - head(each).length);
    return wrapCode(learners(each.text, sheet.glyphs.dots), room).map((row, index) =>
      line(dim(index === 0 ? head(each) : " ".repeat(head(each).length)), row.text),
    );
  });
}

/** Time and side, as the head of a row. */
function headFor(lines: readonly PrintedLine[], sheet: Sheet): (of: PrintedLine) => string {
  const time = formFor(lines.reduce((ms, each) => Math.max(ms, each.atMs), 0));
  return ({ atMs, from }) => (sheet.tiny ? "  " : `${time(atMs).padStart(10)}   ${from}  `);
}
