/** How a step begins: the welcome of the very first one, the choice of files to start from, and the end of all. */
import { lessons, places, type Lesson } from "../../content/catalogue.ts";
import { entriesOf, isPassed } from "../../learner/progress.ts";
import { stepOf, withStep, type State } from "../../learner/state.ts";
import {
  bothSides,
  handedOut,
  isStarted,
  ownFiles,
  shown,
  startsFrom,
  startStep,
  type StartFrom,
} from "../../learner/exercises.ts";
import { two } from "../../report/text.ts";
import type { Desk, Page } from "../desk.ts";
import { listPage } from "./list.ts";
import { textPage } from "./paged.ts";
import { confirmPage, keysPage } from "./plain.ts";

/**
 * The step whose own files could be gone on with: the one that the starter is made from, if it is passed.
 * @returns null where there is no choice
 */
export function ownChoice(lesson: Lesson, state: State): Lesson | null {
  const from = startsFrom(lesson);
  const earlier = lessons().find((each) => each.slug === from);
  if (!earlier || !isPassed(state, earlier)) return null;
  const files = ownFiles(earlier);
  return bothSides.every((side) => files[side] !== undefined) ? earlier : null;
}

/** The state with what a step hands out noted, so that a later change of it can be told. */
export function noteBegun(state: State, lesson: Lesson): State {
  return withStep(state, lesson.slug, { begun: handedOut(lesson) });
}

/** Copies a step's first files and says so in a sentence or two. */
export function beginStep(lesson: Lesson, from: StartFrom): string {
  startStep(lesson, from);
  const to = `${shown(places(lesson.slug).exercise)}/`;
  if (from === "starter") return `The starter was copied to ${to} and is watched.`;
  const { patch } = lesson.startsFrom;
  const copied = `Your own files were copied to ${to} and are watched.`;
  return patch === undefined
    ? copied
    : `${copied} The starter differs by lessons/${lesson.slug}/${patch}: type those lines in first.`;
}

/** Asks which files to start from. Esc starts nothing: `leave` goes back to where the learner came from. */
export function choicePage(
  lesson: Lesson,
  earlier: Lesson,
  patch: string | null,
  begin: (from: StartFrom) => void,
  leave: () => void,
): Page {
  const step = two(earlier.number);
  const answer = (from: StartFrom) => () => {
    begin(from);
    return "back" as const;
  };
  const page = confirmPage(
    {
      title: `${two(lesson.number)}  ${lesson.title}`,
      about: [
        `The handed-out starter is the solution of step ${step}${patch === null ? "" : " with a small change"}. You passed that step, so you may go on with your own files of it instead.`,
        ...(patch === null ? [] : [`With your own files, these lines are yours to type in first:\n\n${patch}`]),
      ],
      question: `Start from your own files of step ${step}?`,
      yes: "my own files",
      no: "the starter",
    },
    answer("own"),
    answer("starter"),
  );
  return {
    ...page,
    key(key) {
      if (key === "q") return "quit";
      if (key !== "esc") return page.key(key);
      leave();
      return "back";
    },
  };
}

/** Screen 1. Enter starts the step. */
export function welcomePage(desk: Desk, lesson: Lesson, begin: () => void): Page {
  return {
    view: () => ({
      is: "welcome",
      live: true,
      message: desk.message,
      lessons: lessons(),
      passed: entriesOf(desk.state()).filter((entry) => entry.progress?.passed === true).length,
      lesson,
    }),
    key(key) {
      if (key === "enter") {
        begin();
        return "back";
      }
      if (key === "t") return { page: textPage(desk) };
      if (key === "l") return { page: listPage(desk) };
      if (key === "?") return { page: keysPage() };
      return key === "q" ? "quit" : "stay";
    },
  };
}

/** Screen 8, if every step is passed; else null. */
export function finishedPage(desk: Desk): Page | null {
  const all = lessons();
  if (!all.every((lesson) => isStarted(lesson) && isPassed(desk.state(), lesson))) return null;
  const open = all
    .map((lesson) => ({
      slug: lesson.slug,
      questions: lesson.quiz.length - stepOf(desk.state(), lesson.slug).quiz.length,
    }))
    .filter((each) => each.questions > 0);
  return {
    view: () => ({ is: "finished", live: true, lessons: all, open }),
    key: (key) => (key === "esc" ? "back" : "unknown"),
  };
}
