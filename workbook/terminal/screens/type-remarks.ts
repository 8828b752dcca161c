/** The type checker's remarks, below the verdicts. They are advice and fail nothing. */
import { blank, hangingIndent, inked, line, type Line, type Sheet } from "../style.ts";
import { cut } from "../../report/columns.ts";
import { counted, learners } from "../../report/text.ts";
import type { StepView } from "../../session/view.ts";

const most = 3;

/** Draws a blank line and at most three remarks; nothing if there are none. */
export function drawTypeRemarks(remarks: StepView["types"], sheet: Sheet): Line[] {
  if (remarks.length === 0) return [];
  const rows = remarks
    .slice(0, most)
    .map(({ file, line: at, message }) => `${baseName(file)}, line ${at}: ${learners(message)}`);
  const left = remarks.length - rows.length;
  if (left > 0) rows.push(`and ${counted(left, "more", "more")}`);
  const indent = " ".repeat(sheet.tiny ? 2 : 9);
  return [
    blank,
    ...rows.flatMap((row, index) => {
      const head = index > 0 ? line(indent) : line(inked("advice", sheet.glyphs.advice), sheet.tiny ? " " : " types  ");
      return sheet.tiny
        ? hangingIndent(head, row, sheet.width)
        : [line(...head, cut(row, sheet.width - indent.length, sheet.glyphs.dots))];
    }),
  ];
}

function baseName(file: string): string {
  return file.split("/").pop() ?? file;
}
