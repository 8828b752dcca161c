/** All that the learner's code printed in the last run, a page at a time; the newest page is the first. */
import { apart, bold, dim, line, paragraph, type Line, type Sheet } from "../style.ts";
import { counted } from "../../report/text.ts";
import type { OutputView } from "../../session/view.ts";
import type { Paged } from "../position.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";
import { linesOf, wholeRows } from "./printed.ts";

/** Title, blank, page, blank, next, blank, keys; and one line in hand. */
const around = 8;

/** How many pages the printed lines have. */
export function outputPages(view: OutputView, sheet: Sheet): number {
  return pagesOf(wholeRows(linesOf(view.output), sheet), sheet);
}

/** A page of printed lines, labelled by side and time. */
export function outputScreen(view: Paged<OutputView>, sheet: Sheet): Screen {
  const lines = linesOf(view.output);
  const rows = wholeRows(lines, sheet);
  const pages = pagesOf(rows, sheet);
  const back = Math.max(0, Math.min(view.page, pages - 1));
  const end = Math.max(0, rows.length - back * perPage(sheet));
  const shown = rows.slice(Math.max(0, end - perPage(sheet)), end);
  const count = pages > 1 ? `page ${pages - back} of ${pages}` : counted(lines.length, "line");
  return {
    top: [apart(line(bold("Printed by your code")), line(dim(count)), sheet.width)],
    body: shown.length > 0 ? shown : paragraph("Nothing, in the last run.", sheet.width),
    message: messageLines(view.message, sheet),
    next: nextLine(
      pages > 1 && view.live
        ? "up and down turn the pages, esc goes back"
        : view.live
          ? "esc goes back"
          : "edit and save",
      sheet,
    ),
    keys: keysLine([...(pages > 1 ? [["up, down", "pages"] as const] : []), ["esc", "back"]], view.live, sheet),
  };
}

function pagesOf(rows: readonly Line[], sheet: Sheet): number {
  return Math.max(1, Math.ceil(rows.length / perPage(sheet)));
}

function perPage(sheet: Sheet): number {
  return Math.max(1, sheet.rows - around);
}
