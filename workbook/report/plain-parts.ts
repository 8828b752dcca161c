/** Parts of the plain-text report: a failed verdict, a problem, an exchange. No colour; ASCII except for the learner's own text. */
import type { Verdict } from "../contract/model/clause.ts";
import type { Problem, Side } from "../contract/model/recording.ts";
import type { Printed, Run } from "../contract/model/run.ts";
import { readableCode } from "./code.ts";
import type { CodeFrame } from "./code-frame.ts";
import { cut, padded, widthOf, wrap } from "./columns.ts";
import { lastPrintedLines } from "./printed.ts";
import { ascii, learners, sentence, uncapitalised } from "./text.ts";
import type { ClauseText } from "./texts.ts";
import { formFor } from "./time.ts";
import { isMarkedRow, type Row } from "./wire.ts";
import { explain, explainProblem, wireOf, type Explanation } from "./words.ts";

/** The learner's files, by the names to show. */
export type Files = Readonly<Partial<Record<Side, string>>>;

/** Most columns of a line. */
export const plainWidth = 78;

const dots = "...";
/** Where the text of a field begins. */
const labelWidth = 12;
/** Where "<- here" begins. */
const hereColumn = 58;
const printedAtMost = 20;

/** A failed clause in full, with its exchange: for `npm test` and for pipes. */
export function plainVerdict(
  run: Pick<Run, "recordings" | "output">,
  verdict: Verdict,
  clause: ClauseText,
  frame: CodeFrame | null = null,
): string[] {
  const explanation = explain(run, verdict, clause);
  return [
    ...wrap(ascii(`FAIL ${explanation.clause}: ${uncapitalised(explanation.sentence)}`), plainWidth),
    ...field("expected", explanation.expected),
    ...field("seen", explanation.seen),
    ...field("note", explanation.remark),
    ...(explanation.problem ? plainFrame(frame) : plainExchange(wireOf(explanation), explanation)),
    ...field("why", explanation.why),
    ...plainPrinted(explanation.printed),
  ];
}

/** The problem that kept a side from being graded, with its place. */
export function plainProblem(problem: Problem, frame: CodeFrame | null): string[] {
  const { title, where, about } = explainProblem(problem);
  const place =
    problem.file === null ? null : problem.line === null ? problem.file : `${problem.file}, line ${problem.line}`;
  // `where` may be the place alone, which "file" has already, or a sentence about it.
  const happened = where !== place && where !== "" ? where : null;
  return [
    ...wrap(ascii(sentence(`PROBLEM ${title}`)), plainWidth),
    ...field("file", place),
    ...field("what", happened),
    ...plainFrame(frame),
    ...field("to do", about === "" ? null : about),
  ];
}

/** "  seen      GET /reports/r-41 at 2.6 s", with a hanging indent. No lines for null or "". */
export function field(name: string, text: string | null): string[] {
  if (text === null || text === "") return [];
  return wrap(ascii(text), plainWidth - labelWidth).map((row, index) =>
    `${index === 0 ? `  ${name}`.padEnd(labelWidth) : " ".repeat(labelWidth)}${row}`.trimEnd(),
  );
}

function plainFrame(frame: CodeFrame | null): string[] {
  if (!frame) return [];
  const digits = Math.max(2, ...frame.lines.map((each) => String(each.number).length));
  return frame.lines.flatMap((each) => {
    const head = `  ${each.marked ? ">" : " "} ${String(each.number).padStart(digits)} | `;
    const row = cut(`${head}${readableCode(each.text)}`, plainWidth, dots).trimEnd();
    if (!each.marked || frame.column === null) return [row];
    const before = widthOf(readableCode(each.text.slice(0, frame.column - 1)));
    const under = `    ${" ".repeat(digits)} | ${" ".repeat(before)}^`;
    return under.length > plainWidth ? [row] : [row, under];
  });
}

/** The exchange, a line for each message; "<- here" points at the marked one. */
function plainExchange(rows: readonly Row[], { side }: Explanation): string[] {
  const time = formFor(rows.reduce((ms, row) => ("atMs" in row ? Math.max(ms, row.atMs) : ms), 0));
  let last = "";
  return rows.map((row) => {
    const at = "atMs" in row ? time(row.atMs) : "";
    const shownTime = row.is === "response" && at === last ? "" : at;
    if ("atMs" in row) last = at;
    const text = `${shownTime.padStart(10)}  ${ascii(rowWords(row, side))}`;
    if (!isMarkedRow(row)) return cut(text, plainWidth, dots).trimEnd();
    return `${padded(cut(text, hereColumn - 1, dots), hereColumn)}<- here`;
  });
}

function rowWords(row: Row, side: Side): string {
  switch (row.is) {
    case "request":
      return row.body === null ? row.text : `${row.text} ${learners(row.body, dots)}`;
    case "response": {
      const to = row.to === null ? "" : ` to ${row.to}:`;
      const note = side === "server" ? learners(row.body, dots) : row.gist;
      return `    -> ${row.status}${to} ${note}`.trimEnd();
    }
    case "header":
      return `       ${row.text}`;
    case "lost":
      return `    -> ${row.text}`;
    case "event":
      return row.text;
    case "omitted":
      return row.alike ? `    ${dots} ${row.count} more alike` : `    ${dots} ${row.count} left out`;
  }
}

function plainPrinted(output: readonly Printed[]): string[] {
  if (output.length === 0) return [];
  const { lines, total } = lastPrintedLines(output, printedAtMost);
  const time = formFor(lines.reduce((ms, each) => Math.max(ms, each.atMs), 0));
  const left = total - lines.length;
  return [
    `  printed meanwhile${left > 0 ? `, after ${left} more` : ""}`,
    ...lines.map((each) =>
      cut(`${time(each.atMs).padStart(10)}  ${each.from}  ${learners(each.text, dots)}`, plainWidth, dots).trimEnd(),
    ),
  ];
}
