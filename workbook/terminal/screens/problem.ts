/** What stands in the place of the open clause when a file cannot be read or run. */
import type { Problem } from "../../contract/model/recording.ts";
import { apart, blank, dim, hung, inked, line, paragraph, type Line, type Sheet } from "../style.ts";
import type { CodeFrame } from "../../report/code-frame.ts";
import { explainProblem } from "../../report/words.ts";
import { drawFrame } from "./frame.ts";

/** @param at when it was seen, where the first line has the time of earlier verdicts; else null */
export function drawProblem(problem: Problem, frame: CodeFrame | null, at: string | null, sheet: Sheet): Line[] {
  const { title, where, about } = explainProblem(problem);
  const rows = hung(line(inked("fail", `${sheet.glyphs.fail} `)), sheet.say(title), sheet.width, "fail");
  const [first, ...others] = rows;
  const head = first && at !== null && sheet.wide ? [apart(first, line(dim(at)), sheet.width), ...others] : rows;
  const blocks = [
    [...head],
    where === "" ? [] : hung(line("  "), sheet.say(where), sheet.width),
    frame ? drawFrame(frame, sheet) : [],
    about === "" ? [] : paragraph(sheet.say(about), sheet.width),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [blank, ...block]));
}
