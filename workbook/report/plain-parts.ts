/** Pieces of plain text: a failed verdict, a problem, an exchange. ASCII only beyond the learner's own text; no colour. */
import type { Verdict } from "../contract/model/clause.ts";
import type { Problem, Side } from "../contract/model/recording.ts";
import type { Printed, Run } from "../contract/model/run.ts";
import { lastLines } from "../terminal/screens/printed.ts";
import type { CodeFrame } from "./code-frame.ts";
import type { ClauseText } from "./texts.ts";
import { ascii, cut, escaped, learners, sentence, wrap } from "./text.ts";
import { formFor } from "./time.ts";
import type { Row } from "./wire.ts";
import { explain, explainProblem, wireOf, type Explanation } from "./words.ts";

/** The learner's files as they are named. */
export type Files = Readonly<Partial<Record<Side, string>>>;

/** Lines are at most this long. */
export const plainWidth = 78;

const dots = "...";
const label = 12;
const hereColumn = 58;
const printedAtMost = 20;

/** What vitest and a pipe show of one failed clause: all of it, with the exchange. */
export function plainVerdict(
  run: Pick<Run, "recordings" | "output">,
  verdict: Verdict,
  clause: ClauseText,
  frame: CodeFrame | null = null,
): string[] {
  const told = explain(run, verdict, clause);
  return [
    ...wrap(
      ascii(`FAIL ${told.clause}: ${told.sentence.charAt(0).toLowerCase()}${told.sentence.slice(1)}`),
      plainWidth,
    ),
    ...field("expected", told.expected),
    ...field("seen", told.seen),
    ...field("note", told.remark),
    ...(told.problem ? plainFrame(frame) : plainExchange(wireOf(told), told)),
    ...field("why", told.why),
    ...plainPrinted(told.printed),
  ];
}

/** What kept a side from being graded, with its place. */
export function plainProblem(problem: Problem, frame: CodeFrame | null): string[] {
  const { title, where, about } = explainProblem(problem);
  const place =
    problem.file === null ? null : problem.line === null ? problem.file : `${problem.file}, line ${problem.line}`;
  // Where the words name the place, the sentence goes on with what happened there.
  const happened = where !== place && where !== "" ? where : null;
  return [
    ...wrap(ascii(sentence(`PROBLEM ${title}`)), plainWidth),
    ...field("file", place),
    ...field("what", happened),
    ...plainFrame(frame),
    ...field("to do", about === "" ? null : about),
  ];
}

/** "  seen      GET /reports/r-41 at 2.6 s", wrapped under itself; nothing for null. */
export function field(name: string, text: string | null): string[] {
  if (text === null || text === "") return [];
  return wrap(ascii(text), plainWidth - label).map((row, index) =>
    `${index === 0 ? `  ${name}`.padEnd(label) : " ".repeat(label)}${row}`.trimEnd(),
  );
}

function plainFrame(frame: CodeFrame | null): string[] {
  if (!frame) return [];
  const digits = Math.max(2, ...frame.lines.map((each) => String(each.number).length));
  return frame.lines.flatMap((each) => {
    const head = `  ${each.marked ? ">" : " "} ${String(each.number).padStart(digits)} | `;
    const readable = (text: string) => escaped(text.replaceAll("\t", "    "));
    const row = cut(`${head}${readable(each.text)}`, plainWidth, dots).trimEnd();
    if (!each.marked || frame.column === null) return [row];
    const before = readable(each.text.slice(0, frame.column - 1)).length;
    const under = `    ${" ".repeat(digits)} | ${" ".repeat(before)}^`;
    return under.length > plainWidth ? [row] : [row, under];
  });
}

/** The exchange, a message a line; "<- here" at the one that is marked. */
function plainExchange(rows: readonly Row[], { side }: Explanation): string[] {
  const time = formFor(rows.reduce((ms, row) => ("atMs" in row ? Math.max(ms, row.atMs) : ms), 0));
  let last = "";
  return rows.map((row) => {
    const at = "atMs" in row ? time(row.atMs) : "";
    const shownTime = row.is === "response" && at === last ? "" : at;
    if ("atMs" in row) last = at;
    const text = `${shownTime.padStart(10)}  ${ascii(rowWords(row, side))}`;
    if (!isMarked(row)) return cut(text, plainWidth, dots).trimEnd();
    return `${cut(text, hereColumn - 1, dots).padEnd(hereColumn)}<- here`;
  });
}

function rowWords(row: Row, side: Side): string {
  switch (row.is) {
    case "request":
      return row.body === null ? row.text : `${row.text} ${learners(row.body, dots)}`;
    case "response": {
      const to = row.to === null ? "" : ` to ${row.to}:`;
      const told = side === "server" ? learners(row.body, dots) : row.told;
      return `    -> ${row.status}${to} ${told}`.trimEnd();
    }
    case "header":
      return `       ${row.text}`;
    case "lost":
      return `    -> ${row.text}`;
    case "settle":
      return row.text;
    case "thinned":
      return row.alike ? `    ${dots} ${row.count} more alike` : `    ${dots} ${row.count} left out`;
  }
}

function isMarked(row: Row): boolean {
  if (row.is === "header") return true;
  if (row.is === "response") return row.marked === "status" || row.marked === "body";
  return row.is !== "thinned" && row.marked;
}

function plainPrinted(output: readonly Printed[]): string[] {
  if (output.length === 0) return [];
  const { lines, total } = lastLines(output, printedAtMost);
  const time = formFor(lines.reduce((ms, each) => Math.max(ms, each.atMs), 0));
  const left = total - lines.length;
  return [
    `  printed meanwhile${left > 0 ? `, after ${left} more` : ""}`,
    ...lines.map((each) =>
      cut(`${time(each.atMs).padStart(10)}  ${each.from}  ${learners(each.text, dots)}`, plainWidth, dots).trimEnd(),
    ),
  ];
}
