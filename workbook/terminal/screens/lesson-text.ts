/** The lesson's text, a page at a time. Markdown is shown as it is, except for what only GitHub and the like display. */
import { readableCode, wrapCode } from "../../report/code.ts";
import { leftAndRight, bold, dim, hangingIndent, inked, line, type Line, type Sheet } from "../style.ts";
import { widthOf } from "../../report/columns.ts";
import { escaped } from "../../report/text.ts";
import type { TextView } from "../../session/view.ts";
import type { Paged } from "../position.ts";
import { titled } from "../../report/words.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";

/** Lines around a page: title, next and keys, the blank lines between, and one to spare. */
const linesAround = 8;

/** How many pages the text has at this size. */
export function textPages(view: TextView, sheet: Sheet): number {
  return Math.max(1, Math.ceil(linesOf(view.text, sheet).length / perPage(sheet)));
}

/** Shows one page; all of the text if it may scroll. */
export function textScreen(view: Paged<TextView>, sheet: Sheet): Screen {
  const { lesson, live } = view;
  const pages = textPages(view, sheet);
  const page = Math.max(0, Math.min(view.page, pages - 1));
  const first = page * perPage(sheet);
  const body = Number.isFinite(sheet.rows)
    ? linesOf(view.text, sheet).slice(first, first + perPage(sheet))
    : linesOf(view.text, sheet);
  const turn = page + 1 < pages ? "space turns the page" : "that was the last page";
  return {
    top: [
      leftAndRight(line(bold(titled(lesson))), line(dim(pages > 1 ? `page ${page + 1} of ${pages}` : "")), sheet.width),
    ],
    body,
    message: messageLines(view.message, sheet),
    next: nextLine(
      live ? `${turn}; esc goes back` : `npm run lesson ${lesson.number}, and your editor on exercises/${lesson.slug}/`,
      sheet,
    ),
    keys: keysLine(
      [
        ["space", "next page"],
        ["up, down", "pages"],
        ["esc", "back"],
      ],
      live,
      sheet,
    ),
  };
}

function perPage(sheet: Sheet): number {
  return Math.max(1, sheet.rows - linesAround);
}

/** Lays out Markdown: headings bold, links as their text, prose and table rows rewrapped, code unchanged if it fits. */
function linesOf(text: string, sheet: Sheet): Line[] {
  let code: string[] | null = null;
  const lines: Line[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) lines.push(...prose(paragraph.join(" "), sheet));
    paragraph = [];
  };
  for (const raw of text.split(/\r?\n/)) {
    const fence = /^\s*(?:```|~~~)/.test(raw);
    if (fence || code || raw.trim() === "" || startsBlock.test(raw)) endParagraph();
    if (fence) {
      if (code) lines.push(...drawCode(code, sheet));
      code = code ? null : [];
    } else if (code) code.push(readableCode(raw));
    else if (raw.trim() === "") lines.push([]);
    else if (!forGitHost(raw))
      paragraph.push(paragraph.length === 0 ? raw.trimEnd() : raw.replace(/^[\s>]+/, "").trimEnd());
    if (/^#+\s|^\s*\|/.test(raw) && !code) endParagraph();
  }
  endParagraph();
  return collapsed(lines);
}

/** Draws a block of code, indented by two if there is room. */
function drawCode(block: readonly string[], sheet: Sheet): Line[] {
  const widest = Math.max(...block.map(widthOf), 0);
  const indent = widest + 2 <= sheet.codeWidth ? "  " : "";
  return block.flatMap((each) => wrapCode(each, sheet.codeWidth - indent.length).map((row) => line(indent, row.text)));
}

/** The lines that begin a new block: headings, table rows, list items, comments. */
const startsBlock = /^\s*(?:#+\s|\||[-*]\s|\d+\.\s|<!--)/;

/** Comments, the line of links to the step's files, and the rule under a table's head. */
function forGitHost(raw: string): boolean {
  return /^<!--.*-->$/.test(raw.trim()) || raw.startsWith("Starter: [") || /^\s*\|[\s|:-]+\|\s*$/.test(raw);
}

/** Draws a block as one paragraph, its links as their text. List items and quotations get a hanging indent. */
function prose(raw: string, sheet: Sheet): Line[] {
  const heading = /^#+\s+(.*)$/.exec(raw)?.[1];
  if (heading !== undefined) return [line(inked("bold", sheet.printable(escaped(heading))))];
  const text = raw.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("**", "");
  const mark = /^\s*(?:[-*]|\d+\.|>|\|)\s+/.exec(text)?.[0] ?? "";
  const rest = text
    .slice(mark.length)
    .replace(/\s*\|\s*$/, "")
    .replace(/\s+\|\s+/g, " | ");
  return hangingIndent(line(mark), sheet.printable(escaped(rest)), sheet.width);
}

/** Removes a blank line at the start, and the second of two. */
function collapsed(lines: readonly Line[]): Line[] {
  const empty = (of: Line | undefined) => (of ?? []).every((span) => span.text.trim() === "");
  return lines.filter((each, index) => !empty(each) || (index > 0 && !empty(lines[index - 1])));
}
