/** Key z: the questions of a step. A right answer is noted; a wrong one costs nothing and is kept nowhere. */
import { stepOf, withStep, type State } from "../../learner/state.ts";
import type { Desk, Page } from "../desk.ts";

/** The state with a question noted as answered rightly. */
export function noteAnswer(state: State, slug: string, question: number): State {
  const quiz = new Set([...stepOf(state, slug).quiz, question]);
  return withStep(state, slug, { quiz: [...quiz].sort((a, b) => a - b) });
}

/** Opens with the first question that is not answered rightly yet. */
export function quizPage(desk: Desk): Page {
  const { lesson } = desk;
  const answered = stepOf(desk.state(), lesson.slug).quiz;
  let index = Math.max(
    0,
    lesson.quiz.findIndex((_, i) => !answered.includes(i)),
  );
  let chosen: number | null = null;
  return {
    view: () => ({ is: "quiz", live: true, lesson, index, chosen }),
    key(key) {
      if (key === "esc") return "back";
      if (key === "enter" && chosen !== null) {
        if (index === lesson.quiz.length - 1) return "back";
        index++;
        chosen = null;
        return "stay";
      }
      const answers = lesson.quiz[index]?.answers ?? [];
      const answer = key.length === 1 ? key.charCodeAt(0) - "a".charCodeAt(0) : -1;
      if (answer < 0 || answer >= answers.length) return key === "enter" ? "stay" : "unknown";
      chosen = answer;
      if (answers[answer]?.right) desk.remember((state) => noteAnswer(state, lesson.slug, index));
      return "stay";
    },
  };
}
