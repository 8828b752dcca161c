/** Screen 10: the solution as a diff against the learner's file, a part at a time. */
import { apart, dim, inked, line, paragraph, type Line, type Sheet } from "../style.ts";
import { cut, escaped } from "../text.ts";
import type { DiffLine, SolutionView } from "../view.ts";
import { keysLine, messageLines, nextLine, type Key, type Screen } from "./compose.ts";

/** One part where keys are read, else all of them. */
export function solutionScreen(view: SolutionView, sheet: Sheet): Screen {
  const { parts, live, lesson } = view;
  const index = Math.max(0, Math.min(view.index, parts.length - 1));
  const shown = live ? parts.slice(index, index + 1) : parts;
  const [first] = shown;
  const header = (file: string, n: number) =>
    apart(
      line(`${file} against yours`),
      line(dim(`${n} of ${parts.length} ${parts.length === 1 ? "part" : "parts"}`)),
      sheet.width,
    );
  const open = view.open === null ? "" : `${view.open} is open. `;
  const about = first ? `${open}Your file is not touched.` : "There is no difference: what you have is the solution.";
  return {
    top: [first ? header(first.file, index + 1) : line(`solutions/${lesson.slug}/ against yours`)],
    body: [
      ...shown.flatMap((part, at): Line[] => [
        ...(at === 0 ? [] : [[], header(part.file, at + 1), []]),
        ...drawLines(part.lines, sheet),
      ]),
      ...(first ? [[]] : []),
      ...paragraph(about, sheet.width),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(nextWords(view, index), sheet),
    keys: keysLine(keysFor(parts.length), live, sheet),
  };
}

function drawLines(lines: readonly DiffLine[], sheet: Sheet): Line[] {
  const digits = Math.max(2, ...lines.map((each) => String(each.number).length));
  return lines.map(({ sign, number, text }) => {
    const row = `${sign} ${String(number).padStart(digits)} ${sheet.glyphs.bar} `;
    const code = cut(
      escaped(text.replaceAll("\t", "    ")),
      Math.max(4, sheet.width - row.length - 2),
      sheet.glyphs.dots,
    );
    if (sign === " ") return line(dim(`  ${row}${code}`));
    return line("  ", inked(sign === "+" ? "pass" : "fail", `${row}${code}`));
  });
}

function nextWords({ parts, live, lesson }: SolutionView, index: number): string {
  if (parts.length === 0) return "go on with the next step, or read the lesson's text once more";
  if (live && index + 1 < parts.length)
    return `type it yourself; then read part ${index + 2} of ${parts.length} with the right arrow`;
  return `type it yourself; npm run lesson ${lesson.number} take copies it in, and keeps yours as a backup`;
}

function keysFor(parts: number): Key[] {
  return [...(parts > 1 ? [["left, right", "parts"] as const] : []), ["esc", "back"]];
}
