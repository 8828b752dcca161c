/** A few lines of the learner's file, with the place that it is about. */
import { dim, inked, line, type Line, type Sheet } from "../style.ts";
import { cut, escaped, widthOf } from "../text.ts";
import type { CodeFrame } from "../view.ts";

const tab = "    ";

/** The frame's lines, indented by two; the marked line with its sign, and ^ under the column, however far right it is. */
export function drawFrame(frame: CodeFrame, sheet: Sheet): Line[] {
  const { here, bar, dots } = sheet.glyphs;
  const digits = Math.max(2, ...frame.lines.map((each) => String(each.number).length));
  return frame.lines.flatMap((each): Line[] => {
    const number = String(each.number).padStart(digits);
    const room = Math.max(4, sheet.width - digits - 7);
    const code = readable(each.text);
    if (!each.marked) return [line(dim(`    ${number} ${bar} ${cut(code, room, dots)}`))];
    const column = frame.column === null ? 0 : widthOf(readable(each.text.slice(0, frame.column - 1)));
    // A place beyond the edge: the line is shown from further on.
    const skipped = column < room - dots.length ? 0 : column - Math.floor(room / 2);
    const rest =
      skipped === 0
        ? code
        : dots +
          Array.from(code)
            .slice(skipped + dots.length)
            .join("");
    const marked = line("  ", inked("fail", here), ` ${number} ${bar} ${cut(rest, room, dots)}`);
    if (frame.column === null) return [marked];
    const before = column - skipped;
    return [marked, line(dim(`    ${" ".repeat(digits)} ${bar} `), inked("fail", `${" ".repeat(before)}^`))];
  });
}

/** Tabs indent code, so they are spaces here. */
function readable(text: string): string {
  return escaped(text.replaceAll("\t", tab));
}
