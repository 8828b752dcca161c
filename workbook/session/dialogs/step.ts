import { lessons } from "../../content/catalogue.ts";
import type { Lesson } from "../../content/lesson.ts";
import { pathFromRoot } from "../../content/places.ts";
import { resetStep } from "../../learner/exercises.ts";
import { following } from "../../learner/progress.ts";
import { two } from "../../report/text.ts";
import { isDialogName, type DialogName } from "../intents.ts";
import { isPassedNow, type SessionState } from "../state.ts";
import { stepView } from "../step-view.ts";
import { dialogNamed } from "./all.ts";
import { confirmDialog } from "./confirm.ts";
import type { Dialog, IntentResult, SessionActions } from "./dialog.ts";
import { finishedDialog } from "./finished.ts";
import { openStep } from "./list.ts";

/** The step's own screen. */
export function stepDialog(state: SessionState, actions: SessionActions): Dialog {
  const say = (message: string): IntentResult => {
    state.message = message;
    return "stay";
  };
  const goTo = (lesson: Lesson): IntentResult => {
    actions.open(lesson);
    return "stay";
  };
  return {
    view: () => stepView({ ...state, live: true }),
    take(intent) {
      if (isDialogName(intent.is)) {
        const dialog = dialogNamed(intent.is, state, actions);
        return dialog ? { open: dialog } : say(nothingText(intent.is, state));
      }
      switch (intent.is) {
        case "next": {
          const next = following(state.lesson);
          if (next && isPassedNow(state)) return goTo(next);
          if (next) return { open: skipDialog(state.lesson, next, actions) };
          const finished = finishedDialog(state);
          if (finished) return { open: finished };
          return say("This is the last step. Press l for the list: some are not passed yet.");
        }
        case "previous": {
          const previous = lessons()[lessons().indexOf(state.lesson) - 1];
          return previous ? goTo(previous) : say("This is the first step.");
        }
        case "open":
          openStep(intent.slug, state, actions);
          return "stay";
        case "reset":
          return { open: resetDialog(state.lesson, actions) };
        case "grade":
          actions.grade(true);
          return "stay";
        case "leave":
          return "leave";
        default:
          return "pass";
      }
    },
  };
}

/** Why a dialog has nothing to show. */
function nothingText(name: DialogName, { now }: SessionState): string {
  if (name === "ways") return "This step has no other ways to show.";
  return now.is === "grading"
    ? "Hints come with the verdicts, in a moment."
    : "No clause fails, so there is nothing to hint at.";
}

function skipDialog(lesson: Lesson, next: Lesson, actions: SessionActions): Dialog {
  return confirmDialog(
    {
      title: `Step ${two(lesson.number)} is not passed yet.`,
      about: ["You may go on and come back to it at any time. Your files stay as they are."],
      question: `Go on to ${two(next.number)}, ${next.title}?`,
      yes: `go on to ${two(next.number)}`,
      no: "stay here",
    },
    () => {
      actions.open(next);
      return "close";
    },
  );
}

function resetDialog(lesson: Lesson, actions: SessionActions): Dialog {
  return confirmDialog(
    {
      title: `Begin step ${two(lesson.number)} again?`,
      about: ["The starter takes the place of your server.ts and client.ts. Both are kept in a backup."],
      question: "Put the starter back?",
      yes: "put it back",
      no: "keep my files",
      replacesFiles: true,
    },
    () => {
      const { backup } = resetStep(lesson);
      actions.work(
        backup === null
          ? "The starter is back."
          : `The starter is back. Your files lie in ${pathFromRoot(backup.folder)}/`,
      );
      return "close";
    },
  );
}
