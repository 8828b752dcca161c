/** `lesson` at a terminal: the watch, with what the word asks for on top. */
import type { Lesson } from "../../content/catalogue.ts";
import type { State } from "../../learner/state.ts";
import { watch } from "../../terminal/watch.ts";
import { openNow, type Desk, type Page } from "../../session/desk.ts";
import { hintsPage } from "../../session/dialogs/hints.ts";
import { listPage } from "../../session/dialogs/list.ts";
import { textPage } from "../../session/dialogs/paged.ts";
import { quizPage } from "../../session/dialogs/quiz.ts";
import { solutionOrQuestion, waysOrQuestion } from "../../session/dialogs/step.ts";
import { exit } from "../command.ts";

export type LiveWord = "list" | "hint" | "solution" | "ways" | "quiz" | "text";

const pages: Readonly<Record<LiveWord, (desk: Desk) => Page | null>> = {
  list: listPage,
  hint(desk) {
    const open = openNow(desk);
    return open === null ? null : hintsPage(desk, open);
  },
  solution: solutionOrQuestion,
  ways: waysOrQuestion,
  quiz: quizPage,
  text: textPage,
};

/** Resolves when the learner leaves. */
export async function live(word: LiveWord | null, lesson: Lesson, state: State): Promise<number> {
  await watch({ state, lesson, first: word === null ? () => null : pages[word] });
  return exit.passed;
}
