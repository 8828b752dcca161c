/** A few lines of the learner's file, with the place that it is about. */
import { dim, inked, line, type Line, type Sheet } from "../style.ts";
import { cut, escaped, widthOf } from "../text.ts";
import type { CodeFrame } from "../view.ts";

const tab = "    ";

/** The frame's lines, indented by two; the marked line with its sign, and ^ under the column. */
export function drawFrame(frame: CodeFrame, sheet: Sheet): Line[] {
  const { here, bar, dots } = sheet.glyphs;
  const digits = Math.max(2, ...frame.lines.map((each) => String(each.number).length));
  return frame.lines.flatMap((each): Line[] => {
    const number = String(each.number).padStart(digits);
    const room = Math.max(4, sheet.width - digits - 7);
    const text = cut(readable(each.text), room, dots);
    if (!each.marked) return [line(dim(`    ${number} ${bar} ${text}`))];
    const marked = line("  ", inked("fail", here), ` ${number} ${bar} ${text}`);
    if (frame.column === null) return [marked];
    const before = widthOf(readable(each.text.slice(0, frame.column - 1)));
    if (before >= room) return [marked];
    return [marked, line(dim(`    ${" ".repeat(digits)} ${bar} `), inked("fail", `${" ".repeat(before)}^`))];
  });
}

/** Tabs indent code, so they are spaces here. */
function readable(text: string): string {
  return escaped(text.replaceAll("\t", tab));
}
