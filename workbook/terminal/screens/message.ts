/** Something to tell that has no screen of its own. */
import { blank, bold, line, paragraph, type Sheet } from "../style.ts";
import type { MessageView } from "../../report/view.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";

/** Title, paragraphs, and what to do now. */
export function messageScreen(view: MessageView, sheet: Sheet): Screen {
  return {
    top: [line(bold(sheet.say(view.title)))],
    body: view.about.flatMap((text, index) => [
      ...(index > 0 ? [blank] : []),
      ...paragraph(sheet.say(text), sheet.width),
    ]),
    message: messageLines(view.message, sheet),
    next: nextLine(view.next, sheet),
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
