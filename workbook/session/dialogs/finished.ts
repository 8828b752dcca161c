import { lessons } from "../../content/catalogue.ts";
import { isPassed } from "../../learner/progress.ts";
import { stepOf } from "../../learner/state.ts";
import { lessonName } from "../../report/texts.ts";
import type { SessionState } from "../state.ts";
import type { Dialog } from "./dialog.ts";

/** The end of the workbook; null unless every step is passed. */
export function finishedDialog({ learner }: SessionState): Dialog | null {
  const all = lessons();
  if (!all.every((lesson) => isPassed(learner, lesson))) return null;
  const open = all
    .map(({ slug, quiz }) => ({ slug, questions: quiz.length - stepOf(learner, slug).quiz.length }))
    .filter(({ questions }) => questions > 0);
  return {
    view: () => ({ is: "finished", live: true, lessons: all.map(lessonName), open }),
    take: ({ is }) => (is === "dismiss" ? "close" : "pass"),
  };
}
