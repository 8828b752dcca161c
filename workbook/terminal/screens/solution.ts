/** The solution as a diff against the learner's file, a part at a time. */
import { leftAndRight, dim, line, paragraph, type Line, type Sheet } from "../style.ts";
import type { SolutionView } from "../../session/view.ts";
import type { Paged } from "../position.ts";
import { keysLine, messageLines, nextLine, type Key, type Screen } from "./compose.ts";
import { drawDiffParts, pageNote, pagesIn, type DiffPage } from "./diff.ts";

/** Lines around a page: title, about, next and keys, which may need two lines each, and the blank lines between. */
const linesAround = 10;

/** How many pages the parts take at this size. */
export function solutionPages(view: SolutionView, sheet: Sheet): number {
  return Math.max(1, pagesOf(view, sheet).length);
}

/** Shows one page if keys are read, else all parts. */
export function solutionScreen(view: Paged<SolutionView>, sheet: Sheet): Screen {
  const { parts, live, lesson } = view;
  const pages = pagesOf(view, sheet);
  const index = Math.max(0, Math.min(view.page, pages.length - 1));
  const shown = live ? pages.slice(index, index + 1) : pages;
  const [first] = shown;
  const header = (page: DiffPage) =>
    leftAndRight(
      line(`${parts[page.block]?.file ?? ""} against yours`),
      line(dim(`${page.block + 1} of ${parts.length} ${parts.length === 1 ? "part" : "parts"}${pageNote(page)}`)),
      sheet.width,
    );
  const open = view.open === null ? "" : `${view.open} is open. `;
  const about = first ? `${open}Your file is not touched.` : "There is no difference: what you have is the solution.";
  return {
    top: [first ? header(first) : line(`solutions/${lesson.slug}/ against yours`)],
    body: [
      ...shown.flatMap((page, at): Line[] => [...(at === 0 ? [] : [[], header(page), []]), ...page.lines]),
      ...(first ? [[]] : []),
      ...paragraph(about, sheet.width),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(nextWords(view, pages, index), sheet),
    keys: keysLine(keysFor(pages.length), live, sheet),
  };
}

function pagesOf({ parts }: SolutionView, sheet: Sheet): DiffPage[] {
  return pagesIn(
    parts.map((part) => drawDiffParts([part], sheet)),
    Math.max(1, sheet.rows - linesAround),
  );
}

function nextWords({ parts, live, lesson }: SolutionView, pages: readonly DiffPage[], index: number): string {
  if (parts.length === 0) return "go on with the next step, or read the lesson's text once more";
  const following = live ? pages[index + 1] : undefined;
  if (following && following.page > 0) return "the right arrow shows the rest of this part";
  if (following)
    return `type it yourself; then read part ${following.block + 1} of ${parts.length} with the right arrow`;
  return `type it yourself; npm run lesson ${lesson.number} take copies it in, and keeps yours as a backup`;
}

function keysFor(pages: number): Key[] {
  return [...(pages > 1 ? [["left, right", "parts"] as const] : []), ["esc", "back"]];
}
