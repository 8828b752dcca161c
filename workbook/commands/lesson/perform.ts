/** Does what `lesson` was asked for. */
import { lessons } from "../../content/catalogue.ts";
import type { Lesson } from "../../content/lesson.ts";
import { gradeMany } from "../../grade/many.ts";
import { currentLesson, refreshed } from "../../learner/progress.ts";
import { readState, writeState, type State } from "../../learner/state.ts";
import { isStarted } from "../../learner/exercises.ts";
import { wrongCall } from "../command.ts";
import { lessonNamed } from "../lesson-named.ts";
import type { LessonArguments, Word } from "./arguments.ts";
import { isLive } from "../../terminal/size.ts";

/** @returns the exit code */
export async function perform({ name, word, backup }: LessonArguments): Promise<number> {
  const named = name === null ? null : lessonNamed(name);
  const state = await stateFor(named, word);
  const lesson = named ?? currentLesson(state) ?? firstLesson();
  if (word === "take" || word === "reset") return (await import("./replace.ts")).replace(word, lesson);
  if (word === "restore") return (await import("./restore.ts")).restore(lesson, backup);
  if (word === "debug") return await (await import("./debug.ts")).debug(lesson);
  if (!isLive()) return await (await import("./once.ts")).once(word, lesson, state);
  return await (await import("./live.ts")).live(word, lesson, state);
}

function firstLesson(): Lesson {
  const [first] = lessons();
  if (!first) throw wrongCall("There are no lessons in this copy of the workbook; get a whole one with git pull.");
  return first;
}

/** The learner's state. Grades what is not known, where the call depends on it. */
async function stateFor(named: Lesson | null, word: Word | null): Promise<State> {
  const state = readState();
  const current = lessons().find((each) => each.slug === state.current);
  const isKnown = named ? isStarted(named) : current !== undefined && isStarted(current);
  if (isKnown && word !== "list") return state;
  const found = await refreshed(state, gradeMany);
  if (found !== state) writeState(found);
  return found;
}
