/** The lesson's text, a page at a time: Markdown as it is, less what only a Git host needs. */
import { apart, bold, dim, inked, line, type Line, type Sheet } from "../style.ts";
import { escaped, wrap } from "../text.ts";
import type { TextView } from "../view.ts";
import { titled } from "../words.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";

/** Title, blank, page, blank, next, blank, keys; and one line in hand. */
const around = 8;

/** How many pages the text has at this size. */
export function textPages(view: TextView, sheet: Sheet): number {
  return Math.max(1, Math.ceil(linesOf(view.text, sheet).length / perPage(sheet)));
}

/** One page. */
export function textScreen(view: TextView, sheet: Sheet): Screen {
  const { lesson, live } = view;
  const pages = textPages(view, sheet);
  const page = Math.max(0, Math.min(view.page, pages - 1));
  const first = page * perPage(sheet);
  const body = Number.isFinite(sheet.rows)
    ? linesOf(view.text, sheet).slice(first, first + perPage(sheet))
    : linesOf(view.text, sheet);
  const turn = page + 1 < pages ? "space turns the page" : "that was the last page";
  return {
    top: [apart(line(bold(titled(lesson))), line(dim(pages > 1 ? `page ${page + 1} of ${pages}` : "")), sheet.width)],
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
  return Math.max(1, sheet.rows - around);
}

/** Headings bold, links as their text, code and tables as they stand, prose wrapped. */
function linesOf(text: string, sheet: Sheet): Line[] {
  let code = false;
  const lines: Line[] = [];
  for (const raw of text.split(/\r?\n/)) {
    if (/^\s*(?:```|~~~)/.test(raw)) {
      code = !code;
      continue;
    }
    if (!code && /^<!--.*-->$/.test(raw.trim())) continue;
    if (code) lines.push(line("  ", escaped(raw.replaceAll("\t", "    "))));
    else lines.push(...prose(raw, sheet));
  }
  return collapsed(lines);
}

function prose(raw: string, sheet: Sheet): Line[] {
  const heading = /^#+\s+(.*)$/.exec(raw)?.[1];
  if (heading !== undefined) return [line(inked("bold", sheet.say(escaped(heading))))];
  const text = raw.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1");
  return wrap(sheet.say(escaped(text)), sheet.width).map((row) => line(row));
}

/** Never two blank lines in a row. */
function collapsed(lines: readonly Line[]): Line[] {
  const empty = (of: Line | undefined) => (of ?? []).every((span) => span.text.trim() === "");
  return lines.filter((each, index) => !empty(each) || (index > 0 && !empty(lines[index - 1])));
}
