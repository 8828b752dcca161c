/** A problem that kept a file from being run; it replaces the open clause. */
import type { Problem } from "../../contract/model/recording.ts";
import { leftAndRight, blank, dim, hangingIndent, inked, line, paragraph, type Line, type Sheet } from "../style.ts";
import type { CodeFrame } from "../../report/code-frame.ts";
import { explainProblem } from "../../report/words.ts";
import { drawCodeFrame } from "./code-frame.ts";

/** Draws a problem. @param at when it happened, if the screen's first line has the time of earlier verdicts; else null */
export function drawProblem(problem: Problem, frame: CodeFrame | null, at: string | null, sheet: Sheet): Line[] {
  const { title, where, about } = explainProblem(problem);
  const rows = hangingIndent(line(inked("fail", `${sheet.glyphs.fail} `)), sheet.printable(title), sheet.width, "fail");
  const [first, ...others] = rows;
  const head = first && at !== null && sheet.wide ? [leftAndRight(first, line(dim(at)), sheet.width), ...others] : rows;
  const blocks = [
    [...head],
    where === "" ? [] : hangingIndent(line("  "), sheet.printable(where), sheet.width),
    frame ? drawCodeFrame(frame, sheet) : [],
    about === "" ? [] : paragraph(sheet.printable(about), sheet.width),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [blank, ...block]));
}
