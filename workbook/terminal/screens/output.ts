/** Everything that the learner's code printed in the last run, a page at a time, the newest page first. */
import { leftAndRight, bold, dim, line, paragraph, type Line, type Sheet } from "../style.ts";
import { printedLines } from "../../report/printed.ts";
import { counted } from "../../report/text.ts";
import type { OutputView } from "../../session/view.ts";
import type { Paged } from "../position.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";
import { wrappedRows } from "./printed.ts";

/** Lines around a page: title, next and keys, the blank lines between, and one to spare. */
const linesAround = 8;

/** How many pages the printed lines take at this size. */
export function outputPages(view: OutputView, sheet: Sheet): number {
  return pagesOf(wrappedRows(printedLines(view.output), sheet), sheet);
}

/** Shows a page of printed lines, each with its side and time. */
export function outputScreen(view: Paged<OutputView>, sheet: Sheet): Screen {
  const lines = printedLines(view.output);
  const rows = wrappedRows(lines, sheet);
  const pages = pagesOf(rows, sheet);
  const back = Math.max(0, Math.min(view.page, pages - 1));
  const end = Math.max(0, rows.length - back * perPage(sheet));
  const shown = rows.slice(Math.max(0, end - perPage(sheet)), end);
  const count = pages > 1 ? `page ${pages - back} of ${pages}` : counted(lines.length, "line");
  return {
    top: [leftAndRight(line(bold("Printed by your code")), line(dim(count)), sheet.width)],
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
  return Math.max(1, sheet.rows - linesAround);
}
