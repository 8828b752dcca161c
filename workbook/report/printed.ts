/** What the learner's code printed, line by line. */
import type { Printed } from "../contract/model/run.ts";

export interface PrintedLine {
  readonly from: Printed["from"];
  /** ms from the scenario's start. */
  readonly atMs: number;
  /** Not escaped; without a line feed. */
  readonly text: string;
}

/** All printed lines, oldest first. */
export function printedLines(output: readonly Printed[]): PrintedLine[] {
  return output.flatMap(({ from, atMs, text }) =>
    text
      .replace(/\r?\n$/, "")
      .split(/\r?\n/)
      .map((each) => ({ from, atMs, text: each })),
  );
}

/** The last `limit` printed lines, and how many lines there are. Reads from the end, so that megabytes cost no time. */
export function lastPrintedLines(output: readonly Printed[], limit: number): { lines: PrintedLine[]; total: number } {
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
