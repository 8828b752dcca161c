import { readFileSync } from "node:fs";
import path from "node:path";
import { places } from "../../content/places.ts";
import type { Lesson } from "../../content/lesson.ts";
import type { StartFrom } from "../../learner/exercises.ts";
import { two } from "../../report/text.ts";
import type { Dialog } from "./dialog.ts";

/**
 * Asks which files a step starts from.
 * @param earlier the step whose own files the learner may continue with
 * @param back called instead of `begin` when the learner dismisses the question
 */
export function choiceDialog(
  lesson: Lesson,
  earlier: Lesson,
  begin: (from: StartFrom) => void,
  back: () => void,
): Dialog {
  const step = two(earlier.number);
  const patch = patchOf(lesson);
  return {
    view: () => ({
      is: "confirm",
      live: true,
      title: `${two(lesson.number)}  ${lesson.title}`,
      about: [
        `The handed-out starter is the solution of step ${step}${patch === null ? "" : " with a small change"}. You passed that step, so you may go on with your own files of it instead.`,
        ...(patch === null ? [] : [`With your own files, these lines are yours to type in first:\n\n${patch}`]),
      ],
      question: `Start from your own files of step ${step}?`,
      yes: "my own files",
      no: "the starter",
    }),
    take({ is }) {
      if (is === "leave") return "leave";
      if (is === "confirm") begin("own");
      else if (is === "decline") begin("starter");
      else if (is === "dismiss") back();
      else return "stay";
      return "close";
    },
  };
}

/** The lines in which the starter differs from the earlier step's solution; null: none. */
function patchOf(lesson: Lesson): string | null {
  const { patch } = lesson;
  return patch === undefined ? null : readFileSync(path.join(places(lesson.slug).lesson, patch), "utf8");
}
