/** The open clause in full: what it asks, what was expected and seen, the exchange, why it matters. */
import type { Verdict } from "../../contract/model/clause.ts";
import type { Run } from "../../contract/model/run.ts";
import { apart, blank, dim, hung, inked, line, type Line, type Sheet } from "../style.ts";
import type { CodeFrame } from "../../report/code-frame.ts";
import type { ClauseText } from "../../report/texts.ts";
import { explain, wireOf, type Explanation } from "../../report/words.ts";
import { drawExchange } from "./exchange.ts";
import { drawFrame } from "./frame.ts";
import { drawPrinted } from "./printed.ts";

/** How much of it is said; less on short terminals. */
export interface Depth {
  readonly wireRows: number;
  readonly printed: number;
  readonly why: boolean;
  readonly source: boolean;
}

/** The block of an open clause. @param frame stands in place of the exchange where the process ended */
export function drawOpen(
  run: Pick<Run, "recordings" | "output">,
  verdict: Verdict,
  clause: ClauseText,
  frame: CodeFrame | null,
  depth: Depth,
  live: boolean,
  sheet: Sheet,
): Line[] {
  const told = explain(run, verdict, clause);
  const blocks = [
    [...title(told, sheet), ...hung(line("  "), sheet.say(told.sentence), sheet.width)],
    findings(told, sheet),
    evidence(told, frame, depth, sheet),
    depth.why ? reasons(told, depth.source, sheet) : [],
    drawPrinted(told.printed, depth.printed, live, sheet),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [blank, ...block]));
}

function title({ clause, side, level }: Explanation, sheet: Sheet): Line[] {
  const left = line(inked("fail", `${sheet.glyphs.fail} ${clause}`));
  return [sheet.wide ? apart(left, line(dim(`${side}, ${level}`)), sheet.width) : left];
}

function findings({ expected, seen, remark }: Explanation, sheet: Sheet): Line[] {
  const row = (label: string, text: string | null, ink: "plain" | "fail") =>
    text === null ? [] : hung(line("  ", dim(label.padEnd(sheet.tiny ? 9 : 11))), sheet.say(text), sheet.width, ink);
  return [...row("expected", expected, "plain"), ...row("seen", seen, "fail"), ...row("note", remark, "plain")];
}

function evidence(told: Explanation, frame: CodeFrame | null, depth: Depth, sheet: Sheet): Line[] {
  if (told.problem && frame) return drawFrame(frame, sheet);
  if (sheet.tiny || depth.wireRows === 0) return [];
  const bytes = told.side === "server";
  return drawExchange(wireOf(told, depth.wireRows), { notes: bytes ? "bytes" : "told", asks: true }, sheet);
}

function reasons({ why, source }: Explanation, withSource: boolean, sheet: Sheet): Line[] {
  const lines = hung(line("  ", dim("why"), "   "), sheet.say(why), sheet.width);
  if (!withSource || source === "" || sheet.tiny) return lines;
  return [...lines, ...hung(line("        "), sheet.say(`(${source.replace(/\.$/, "")})`), sheet.width)];
}
