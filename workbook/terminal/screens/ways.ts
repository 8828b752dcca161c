/** Other right ways than the reference solution, one at a time, each as a diff against it. */
import { leftAndRight, blank, bold, dim, line, paragraph, type Line, type Sheet } from "../style.ts";
import type { WaysView } from "../../session/view.ts";
import type { Paged } from "../position.ts";
import { keysLine, messageLines, nextLine, type Key, type Screen } from "./compose.ts";
import { drawDiffParts, pageNote, pagesIn, type Block, type DiffPage } from "./diff.ts";

/** Lines around a page: title, next and keys, and the blank lines between, which `fit` drops if next needs two lines. */
const linesAround = 6;

/** How many pages the ways take at this size. */
export function waysPages(view: WaysView, sheet: Sheet): number {
  return pagesFor(view, sheet).length;
}

/** Shows one page if keys are read, else all ways. */
export function waysScreen(view: Paged<WaysView>, sheet: Sheet): Screen {
  const { ways, live } = view;
  const pages = pagesFor(view, sheet);
  const index = Math.max(0, Math.min(view.page, pages.length - 1));
  const shown = live ? pages.slice(index, index + 1) : pages;
  const header = (page: DiffPage) =>
    leftAndRight(
      line(bold(sheet.printable(ways[page.block]?.title ?? ""))),
      line(dim(`way ${page.block + 1} of ${ways.length}${pageNote(page)}`)),
      sheet.width,
    );
  const [first] = shown;
  return {
    top: first ? [header(first)] : [],
    body: shown.flatMap((page, at): Line[] => [...(at === 0 ? [] : [blank, header(page), blank]), ...page.lines]),
    message: messageLines(view.message, sheet),
    next: nextLine(nextWords(view, pages, index), sheet),
    keys: keysLine(keysFor(pages.length), live, sheet),
  };
}

function pagesFor({ ways }: WaysView, sheet: Sheet): DiffPage[] {
  return pagesIn(
    ways.map((way) => drawWay(way, sheet)),
    Math.max(1, sheet.rows - linesAround),
  );
}

/** When to choose this way, and its difference. */
function drawWay({ when, parts }: WaysView["ways"][number], sheet: Sheet): Block {
  const about = paragraph(sheet.printable(when), sheet.width).map((each) => [each]);
  const against = [line(dim("against "), parts[0]?.file ?? "")];
  const [first = [], ...others] = drawDiffParts(parts, sheet);
  return [about, [against, ...first], ...others];
}

function nextWords({ ways, live, lesson }: WaysView, pages: readonly DiffPage[], index: number): string {
  const following = live ? pages[index + 1] : undefined;
  if (following && following.page > 0) return "the right arrow shows the rest of it";
  if (following) return `read way ${following.block + 1} of ${ways.length} with the right arrow`;
  return live ? "that was the last one; esc goes back" : `npm run lesson ${lesson.number} goes on with your own`;
}

function keysFor(pages: number): Key[] {
  return [...(pages > 1 ? [["left, right", "pages"] as const] : []), ["esc", "back"]];
}
