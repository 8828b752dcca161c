/** The screen for when every step is passed. */
import { dim, hangingIndent, line, paragraph, type Line, type Sheet } from "../style.ts";
import { counted, two } from "../../report/text.ts";
import type { FinishedView } from "../../session/view.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";
import { bookHeader } from "./welcome.ts";

/** Shows what was built, and what to do with it. */
export function finishedScreen(view: FinishedView, sheet: Sheet): Screen {
  const { lessons, live } = view;
  const questions = view.open.reduce((sum, each) => sum + each.questions, 0);
  const where = view.open.filter((each) => each.questions > 0).map(({ slug }) => two(Number(slug.slice(0, 2))));
  const last = lessons.at(-1);
  const row = (label: string, text: string): Line[] =>
    hangingIndent(line(dim(label.padEnd(sheet.tiny ? label.length + 1 : 19))), text, sheet.width);
  return {
    top: [bookHeader(lessons.length, lessons.length, sheet)],
    body: [
      ...paragraph(
        "You have built a long-running operation from the first 202 on, and a client that behaves. Every clause passes.",
        sheet.width,
      ),
      [],
      ...(last ? row("take it with you", `solutions/${last.slug}/ is written to be copied`) : []),
      ...row("grade your own", "npm run grade -- 3 --url http://127.0.0.1:8080"),
      ...(questions > 0 ? row("still open", `${counted(questions, "quiz question")}: ${where.join(", ")}`) : []),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine("grade a server of your own, in any language, with the line above", sheet),
    keys: keysLine(
      [
        ["l", "list"],
        ["z", "quiz"],
        ["q", "quit"],
      ],
      live,
      sheet,
    ),
  };
}
