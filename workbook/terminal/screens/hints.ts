/** The hints for the open clause, one more at each press of h. */
import { leftAndRight, dim, hangingIndent, inked, line, type Sheet } from "../style.ts";
import type { HintsView } from "../../session/view.ts";
import { ownFile } from "../../report/words.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";

/** Shows the newest hint below the earlier ones, which are dim. */
export function hintsScreen(view: HintsView, sheet: Sheet): Screen {
  const { clause, lesson, live } = view;
  const total = clause.hints.length;
  const count = Math.max(1, Math.min(view.revealed, total));
  const left = line(inked("fail", `${sheet.glyphs.fail} ${clause.id}`));
  const last = count === total;
  return {
    top: [leftAndRight(left, line(dim(`hint ${count} of ${total}`)), sheet.width)],
    body: clause.hints.slice(0, count).flatMap((hint, index) => {
      const ink = index === count - 1 ? "plain" : "dim";
      return hangingIndent(line("  ", inked(ink, `${index + 1}  `)), sheet.printable(hint), sheet.width, ink);
    }),
    message: messageLines(view.message, sheet),
    next: nextLine(nextWords(last, live, lesson.number, ownFile(lesson, clause.side)), sheet),
    keys: keysLine([last ? ["s", "solution"] : ["h", "next hint"], ["esc", "back"]], live, sheet),
  };
}

function nextWords(last: boolean, live: boolean, number: number, file: string): string {
  if (last && live) return "that was the last hint; s shows the whole solution as a diff";
  if (last) return `that was the last hint; npm run lesson ${number} solution shows the whole solution as a diff`;
  return live ? `edit ${file} and save, or press h again` : `edit ${file}; the same line again shows the next hint`;
}
