import { lessons } from "../../content/catalogue.ts";
import { isPassed } from "../../learner/progress.ts";
import { lessonName, lessonText } from "../../report/texts.ts";
import type { SessionState } from "../state.ts";
import { dialogNamed } from "./all.ts";
import type { Dialog, SessionActions } from "./dialog.ts";
import { openStep } from "./list.ts";

/** What a learner sees before the first step is started. */
export function welcomeDialog(state: SessionState, actions: SessionActions, begin: () => void): Dialog {
  return {
    view: () => ({
      is: "welcome",
      live: true,
      message: state.message,
      lessons: lessons().map(lessonName),
      passed: lessons().filter((lesson) => isPassed(state.learner, lesson)).length,
      lesson: lessonText(state.lesson),
    }),
    take(intent) {
      switch (intent.is) {
        case "start":
          begin();
          return "close";
        case "text":
        case "list":
        case "keys": {
          const dialog = dialogNamed(intent.is, state, actions);
          return dialog ? { open: dialog } : "stay";
        }
        case "open":
          openStep(intent.slug, state, actions);
          return "stay";
        case "leave":
          return "leave";
        default:
          return "stay";
      }
    },
  };
}
