/** All keys and what they do. */
import { bold, dim, line, type Sheet } from "../style.ts";
import type { KeysView } from "../../session/view.ts";
import { keysLine, messageLines, nextLine, type Key, type Screen } from "./compose.ts";

const keys: readonly Key[] = [
  ["h", "hint for the open clause; again: the next one"],
  ["n", "next step (asks first while this one is not passed)"],
  ["b", "back to the step before"],
  ["l", "list of the steps"],
  ["t", "text of the lesson"],
  ["z", "quiz"],
  ["s", "solution, as a diff against your file"],
  ["w", "other right ways than the solution, and when to choose them"],
  ["p", "all that your code printed in the last run"],
  ["g", "grade now, without a save"],
  ["r", "reset the step to its starter (asks for a capital Y, keeps a backup)"],
  ["?", "these keys"],
  ["esc", "back"],
  ["q", "quit"],
];

/** Lists the keys, a line each. */
export function keysScreen(view: KeysView, sheet: Sheet): Screen {
  return {
    top: [line(bold("All keys"))],
    body: keys.map(([key, caption]) => line(bold(key.padEnd(5)), dim(caption))),
    message: messageLines(view.message, sheet),
    next: nextLine("press one of them, or esc to go back", sheet),
    keys: keysLine(
      [
        ["esc", "back"],
        ["q", "quit"],
      ],
      view.live,
      sheet,
    ),
  };
}
