/** The open clause in full: what it requires, what was expected and seen, the exchange, and why it matters. */
import type { Verdict } from "../../contract/model/clause.ts";
import type { Run } from "../../contract/model/run.ts";
import { leftAndRight, blank, dim, hangingIndent, inked, line, type Line, type Sheet } from "../style.ts";
import type { CodeFrame } from "../../report/code-frame.ts";
import type { ClauseText } from "../../report/texts.ts";
import { explain, wireOf, type Explanation } from "../../report/words.ts";
import { drawExchange } from "./exchange.ts";
import { drawCodeFrame } from "./code-frame.ts";
import { drawPrinted } from "./printed.ts";

/** How much to show; less on short terminals. */
export interface OpenClauseDetail {
  /** Most rows of the exchange. */
  readonly wireRows: number;
  /** Most printed lines. */
  readonly printed: number;
  readonly why: boolean;
  readonly source: boolean;
}

/** Draws an open clause. @param frame replaces the exchange if the process ended */
export function drawOpenClause(
  run: Pick<Run, "recordings" | "output">,
  verdict: Verdict,
  clause: ClauseText,
  frame: CodeFrame | null,
  detail: OpenClauseDetail,
  live: boolean,
  sheet: Sheet,
): Line[] {
  const explanation = explain(run, verdict, clause);
  const blocks = [
    [...title(explanation, sheet), ...hangingIndent(line("  "), sheet.printable(explanation.sentence), sheet.width)],
    findings(explanation, sheet),
    evidence(explanation, frame, detail, sheet),
    detail.why ? reasons(explanation, detail.source, sheet) : [],
    drawPrinted(explanation.printed, detail.printed, live, sheet),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [blank, ...block]));
}

function title({ clause, side, level }: Explanation, sheet: Sheet): Line[] {
  const left = line(inked("fail", `${sheet.glyphs.fail} ${clause}`));
  return [sheet.wide ? leftAndRight(left, line(dim(`${side}, ${level}`)), sheet.width) : left];
}

function findings({ expected, seen, remark }: Explanation, sheet: Sheet): Line[] {
  const row = (label: string, text: string | null, ink: "plain" | "fail") =>
    text === null
      ? []
      : hangingIndent(line("  ", dim(label.padEnd(sheet.tiny ? 9 : 11))), sheet.printable(text), sheet.width, ink);
  return [...row("expected", expected, "plain"), ...row("seen", seen, "fail"), ...row("note", remark, "plain")];
}

function evidence(explanation: Explanation, frame: CodeFrame | null, detail: OpenClauseDetail, sheet: Sheet): Line[] {
  if (explanation.problem && frame) return drawCodeFrame(frame, sheet);
  if (sheet.tiny || detail.wireRows === 0) return [];
  return drawExchange(
    wireOf(explanation, detail.wireRows),
    { notes: explanation.side === "server" ? "bodies" : "gist", requestBodies: true },
    sheet,
  );
}

function reasons({ why, source }: Explanation, withSource: boolean, sheet: Sheet): Line[] {
  const lines = hangingIndent(line("  ", dim("why"), "   "), sheet.printable(why), sheet.width);
  if (!withSource || source === "" || sheet.tiny) return lines;
  return [...lines, ...hangingIndent(line("        "), sheet.printable(`(${source.replace(/\.$/, "")})`), sheet.width)];
}
