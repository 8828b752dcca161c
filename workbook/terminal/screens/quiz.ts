/** A quiz question. A wrong answer costs nothing. */
import {
  leftAndRight,
  blank,
  bold,
  dim,
  hangingIndent,
  inked,
  line,
  paragraph,
  type Line,
  type Sheet,
} from "../style.ts";
import { listed } from "../../report/text.ts";
import type { QuizView } from "../../session/view.ts";
import { titled } from "../../report/words.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";

/** The letter of an answer: 0 is "a". */
function letterOf(index: number): string {
  return String.fromCharCode(97 + index);
}

/** Shows a question; once an answer is chosen, also the marks and the explanation. */
export function quizScreen(view: QuizView, sheet: Sheet): Screen {
  const { lesson, index, chosen, live } = view;
  const quiz = lesson.quiz[index];
  if (!quiz) throw new RangeError(`Lesson ${lesson.slug} has no question ${index + 1}.`);
  const letters = quiz.answers.map((_, at) => letterOf(at));
  const answers = quiz.answers.flatMap((answer, at) => {
    const head = line(markOf(answer.right, at === chosen, chosen !== null, sheet), bold(letterOf(at)), "  ");
    const [first = [], ...more] = hangingIndent(head, sheet.printable(answer.text), sheet.width);
    const yours = at === chosen && sheet.wide ? leftAndRight(first, line(dim("your answer")), sheet.width) : first;
    return [yours, ...more];
  });
  const answered = chosen !== null;
  return {
    top: [
      leftAndRight(
        line(bold(titled(lesson))),
        line(dim(`question ${index + 1} of ${lesson.quiz.length}`)),
        sheet.width,
      ),
    ],
    body: [
      ...paragraph(sheet.printable(quiz.question), sheet.width),
      blank,
      ...answers,
      ...(answered ? [blank, ...paragraph(sheet.printable(quiz.explanation), sheet.width)] : []),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(nextWords(view, letters, quiz.answers[chosen ?? -1]?.right ?? false), sheet),
    keys: keysLine(
      answered
        ? [
            ["enter", "go on"],
            ["esc", "back"],
          ]
        : [
            [letters.join("  "), "answer"],
            ["esc", "later"],
          ],
      live,
      sheet,
    ),
  };
}

function markOf(right: boolean, chosen: boolean, answered: boolean, sheet: Sheet): Line[number] {
  if (answered && right) return inked("pass", `${sheet.glyphs.pass} `);
  if (answered && chosen) return inked("fail", `${sheet.glyphs.fail} `);
  return inked("plain", "  ");
}

function nextWords({ lesson, index, chosen, live }: QuizView, letters: readonly string[], right: boolean): string {
  if (!live) return `npm run lesson ${lesson.number} quiz, in a terminal, takes your answer and explains it`;
  if (chosen === null) return `press ${listed(letters, "or")}`;
  const more = index + 1 < lesson.quiz.length;
  const again = right ? "" : `press ${listed(letters, "or")} to try again, `;
  return `${again}${again === "" ? "press " : ""}enter ${more ? `for question ${index + 2}` : "to go back"}, or esc`;
}
