import { stepOf, withStep, type State } from "../../learner/state.ts";
import { lessonText } from "../../report/texts.ts";
import { remember, type SessionState } from "../state.ts";
import type { Dialog } from "./dialog.ts";

/** The learner's state with a question noted as answered correctly. */
function noteAnswer(learner: State, slug: string, question: number): State {
  const quiz = new Set([...stepOf(learner, slug).quiz, question]);
  return withStep(learner, slug, { quiz: [...quiz].sort((a, b) => a - b) });
}

/**
 * The questions of a step, beginning with the first that is not answered correctly yet. A wrong answer costs nothing
 * and is not stored.
 */
export function quizDialog(state: SessionState): Dialog {
  const { lesson } = state;
  const answered = stepOf(state.learner, lesson.slug).quiz;
  let index = Math.max(
    0,
    lesson.quiz.findIndex((_, i) => !answered.includes(i)),
  );
  let chosen: number | null = null;
  return {
    view: () => ({ is: "quiz", live: true, lesson: lessonText(lesson), index, chosen }),
    take(intent) {
      switch (intent.is) {
        case "dismiss":
          return "close";
        case "continue":
          if (chosen === null) return "stay";
          if (index === lesson.quiz.length - 1) return "close";
          index++;
          chosen = null;
          return "stay";
        case "answer": {
          const answer = lesson.quiz[index]?.answers[intent.index];
          if (!answer) return "stay";
          chosen = intent.index;
          if (answer.right) remember(state, (learner) => noteAnswer(learner, lesson.slug, index));
          return "stay";
        }
        default:
          return "pass";
      }
    },
  };
}
