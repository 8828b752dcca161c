/** A question to answer with y or n. */
import { blank, bold, line, paragraph, type Sheet } from "../style.ts";
import type { ConfirmView } from "../../session/view.ts";
import { yesKey } from "../intent-of.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";

/** Shows what would happen, the question, and what each answer does. */
export function confirmScreen(view: ConfirmView, sheet: Sheet): Screen {
  const { width } = sheet;
  const yes = yesKey(view);
  return {
    top: [line(bold(sheet.printable(view.title)))],
    body: [
      ...view.about.flatMap((text) => [...paragraph(sheet.printable(text), width), blank]),
      ...paragraph(sheet.printable(`${view.question}  ${yes} or n`), width),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(`${yes}${yes === "Y" ? " (with shift)" : ""}: ${view.yes}; n: ${view.no}`, sheet),
    keys: keysLine(
      [
        [yes, "yes"],
        ["n", "no"],
        ["esc", "back"],
      ],
      view.live,
      sheet,
    ),
  };
}
