/** Dialogs that are only read: everything but dismissing them is left to the step's own screen. */
import { readFileSync } from "node:fs";
import { places } from "../../content/places.ts";
import { shownWays } from "../../content/ways.ts";
import { diffParts } from "../../learner/solution-diff.ts";
import { lessonName } from "../../report/texts.ts";
import { openClause, type SessionState } from "../state.ts";
import type { View } from "../view.ts";
import type { Dialog } from "./dialog.ts";

function reading(view: () => View): Dialog {
  return { view, take: ({ is }) => (is === "dismiss" ? "close" : "pass") };
}

export function keysDialog(): Dialog {
  return reading(() => ({ is: "keys", live: true }));
}

/** lesson.md. */
export function textDialog(state: SessionState): Dialog {
  const lesson = lessonName(state.lesson);
  const text = readFileSync(places(lesson.slug).text, "utf8");
  return reading(() => ({ is: "text", live: true, lesson, text }));
}

/** What the learner's code had printed when the dialog was opened. */
export function outputDialog({ lesson: of, now }: SessionState): Dialog {
  const lesson = lessonName(of);
  const output = now.is === "run" ? now.run.output : (now.last?.run.output ?? []);
  return reading(() => ({ is: "output", live: true, lesson, output }));
}

/** The solution against the learner's files. */
export function solutionDialog(state: SessionState): Dialog {
  const lesson = lessonName(state.lesson);
  const parts = diffParts(state.lesson);
  return reading(() => ({ is: "solution", live: true, lesson, parts, open: openClause(state) }));
}

/** Other ways to solve the step. */
export function waysDialog(state: SessionState): Dialog {
  const lesson = lessonName(state.lesson);
  const ways = shownWays(state.lesson);
  return reading(() => ({ is: "ways", live: true, lesson, ways }));
}
