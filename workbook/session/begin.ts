/** How a step begins: which files it starts from, and what has changed since. */
import { lessons } from "../content/catalogue.ts";
import { places, pathFromRoot } from "../content/places.ts";
import { type Lesson, startsFrom } from "../content/lesson.ts";
import { changedSince, handedOut } from "../learner/handed-out.ts";
import { ownFiles, startStep, type StartFrom } from "../learner/exercises.ts";
import { isPassed } from "../learner/progress.ts";
import { stepOf, withStep, type State } from "../learner/state.ts";

/**
 * The earlier step whose files the learner may continue with: the one that the starter is made from, if it is passed.
 * @returns null where there is no choice
 */
export function ownChoice(lesson: Lesson, learner: State): Lesson | null {
  const from = startsFrom(lesson);
  const earlier = lessons().find((each) => each.slug === from);
  if (!earlier || !isPassed(learner, earlier)) return null;
  const files = ownFiles(earlier);
  return earlier.files.every((file) => files[file] !== undefined) ? earlier : null;
}

/** Copies a step's first files. @returns a sentence or two that say so */
export function beginStep(lesson: Lesson, from: StartFrom, { watched }: { readonly watched: boolean }): string {
  startStep(lesson, from);
  const to = `${pathFromRoot(places(lesson.slug).exercise)}/`;
  if (from === "starter") return `The starter was copied to ${to}${watched ? " and is watched" : ""}.`;
  const { patch } = lesson;
  const copied = `Your own files were copied to ${to}${watched ? " and are watched" : ""}.`;
  return patch === undefined
    ? copied
    : `${copied} The starter differs by lessons/${lesson.slug}/${patch}: type those lines in first.`;
}

/** Records what a step hands out now, so that `changedText` can tell a later change. */
export function noteBegun(learner: State, lesson: Lesson): State {
  return withStep(learner, lesson.slug, { begun: handedOut(lesson) });
}

/** What a new release has changed since the step was begun; null: nothing. */
export function changedText(lesson: Lesson, learner: State): string | null {
  const changed = changedSince(lesson, stepOf(learner, lesson.slug).begun);
  if (changed.length === 0) return null;
  const spec = changed.includes("SPEC.md")
    ? `read ${pathFromRoot(places(lesson.slug).spec)} again`
    : "your files stay as they are";
  return `Since you began this step, a new release changed ${changed.join(" and ")}: ${spec}.`;
}
