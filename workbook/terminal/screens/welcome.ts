/** The first screen after a fresh clone. */
import { leftAndRight, bold, dim, hangingIndent, line, paragraph, type Line, type Sheet } from "../style.ts";
import { counted } from "../../report/text.ts";
import type { WelcomeView } from "../../session/view.ts";
import { titled } from "../../report/words.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";

const about =
  "Some work takes longer than a request should. Here you build the whole answer to that, a server and a client, one " +
  "clause at a time. Edit in your own editor; each save is graded at once, and you see what went over the wire.";

/** The workbook's name, and how many lessons are passed. */
export function bookHeader(passed: number, of: number, sheet: Sheet): Line {
  return leftAndRight(line(bold("Accepted"), ", the 202 workbook"), line(`${passed} of ${of} passed`), sheet.width);
}

/** Shows what the workbook is, and how to start the first lesson. */
export function welcomeScreen(view: WelcomeView, sheet: Sheet): Screen {
  const { lesson, live } = view;
  const effort = `${counted(lesson.minutes, "minute")}, ${counted(lesson.edits.length, "file")}`;
  const title = line(bold(titled(lesson)));
  const row = (label: string, path: string, note: string) => {
    const left = line(dim(label.padEnd(8)), path);
    return sheet.wide
      ? [leftAndRight(left, line(dim(note)), sheet.width)]
      : hangingIndent(line(dim(label.padEnd(8))), path, sheet.width);
  };
  return {
    top: [bookHeader(view.passed, view.lessons.length, sheet)],
    body: [
      ...paragraph(about, sheet.width),
      [],
      sheet.wide ? leftAndRight(title, line(effort), sheet.width) : title,
      [],
      ...row("text", `lessons/${lesson.slug}/lesson.md`, live ? "or press t" : ""),
      ...row("files", `exercises/${lesson.slug}/`, "not there yet"),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(
      live
        ? "press enter: the starter is copied there and watched"
        : `npm run lesson ${lesson.number} copies the starter there and watches it`,
      sheet,
    ),
    keys: keysLine(
      [
        ["enter", "start"],
        ["t", "text"],
        ["l", "list"],
        ["?", "all keys"],
        ["q", "quit"],
      ],
      live,
      sheet,
    ),
  };
}
