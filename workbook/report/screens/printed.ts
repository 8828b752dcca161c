/** What the learner's code printed, labelled by side and time of the scenario's clock. */
import type { Printed } from "../../types.ts";
import { dim, inked, line, type Line, type Sheet } from "../style.ts";
import { counted, cut, learners } from "../text.ts";
import { formFor } from "../time.ts";

/** One printed line. */
interface PrintedLine {
  readonly from: Printed["from"];
  readonly atMs: number;
  readonly text: string;
}

/** Printed texts, a line each. */
export function linesOf(output: readonly Printed[]): PrintedLine[] {
  return output.flatMap(({ from, atMs, text }) =>
    text.replace(/\r?\n$/, "").split(/\r?\n/).map((each) => ({ from, atMs, text: each })),
  );
}

/** The last `limit` lines that were printed in the scenario of a verdict; none where nothing was printed. */
export function drawPrinted(output: readonly Printed[], limit: number, live: boolean, sheet: Sheet): Line[] {
  const lines = linesOf(output);
  if (lines.length === 0 || limit === 0) return [];
  const left = lines.length - Math.min(lines.length, limit);
  const more = left === 0 ? "" : `, after ${counted(left, "line")} more${live ? ": press p" : ""}`;
  return [line("  ", dim(sheet.say(`printed meanwhile${more}`))), ...rowsOf(lines.slice(-limit), sheet)];
}

/** Printed lines with side and time. */
export function rowsOf(lines: readonly PrintedLine[], sheet: Sheet): Line[] {
  const time = formFor(lines.reduce((ms, each) => Math.max(ms, each.atMs), 0));
  const head = ({ atMs, from }: PrintedLine) => (sheet.tiny ? "  " : `${time(atMs).padStart(10)}   ${from}  `);
  return lines.map((each) => {
    const room = Math.max(4, sheet.width - head(each).length);
    return line(dim(head(each)), inked("plain", cut(learners(each.text, sheet.glyphs.dots), room, sheet.glyphs.dots)));
  });
}
