/** npm run lesson [N] [word]: where a learner lives. */
import { lessons, type Lesson } from "../catalogue.ts";
import { currentLesson, refreshed } from "../progress.ts";
import { readState, writeState, type State } from "../state.ts";
import { isStarted } from "../workspace.ts";
import { lessonNamed, wrongCall } from "./command.ts";
import { gradeOwn } from "./grade-own.ts";
import { isLive } from "./size.ts";

export const help = `npm run lesson                   go on where you left off; grades at each save
npm run lesson 3                 a given step, by number or name
npm run lesson list              all steps, and how far you are
npm run lesson 3 hint            the next hint for the clause that fails
npm run lesson 3 solution        the solution as a diff against your files
npm run lesson 3 ways            other right ways than the solution, and when to choose them
npm run lesson 3 take            the solution in place of your files (with a backup)
npm run lesson 3 reset           the starter in place of your files (with a backup)
npm run lesson 3 restore         your files from the newest backup, or from the one named behind it
npm run lesson 3 quiz            the questions of the step
npm run lesson 3 text            the lesson itself
npm run lesson 3 debug           the failing scenario alone, with the inspector on
                                 without a number: the step that you are at`;

const words = ["list", "hint", "solution", "ways", "take", "reset", "restore", "quiz", "text", "debug"] as const;
type Word = (typeof words)[number];

/** Live: 0. Piped: the verdict's exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { name, word, backup } = parse(args);
  const named = name === null ? null : lessonNamed(name);
  const state = await stateFor(named, word);
  const lesson = named ?? currentLesson(state) ?? firstLesson();
  if (word === "take" || word === "reset") return (await import("./lesson/replace.ts")).replace(word, lesson);
  if (word === "restore") return (await import("./lesson/restore.ts")).restore(lesson, backup);
  if (word === "debug") return await (await import("./lesson/debug.ts")).debug(lesson);
  if (!isLive()) return await (await import("./lesson/once.ts")).once(word, lesson, state);
  return await (await import("./lesson/live.ts")).live(word, lesson, state);
}

interface Call {
  readonly name: string | null;
  readonly word: Word | null;
  /** The backup that `restore` names. */
  readonly backup: string | null;
}

/** A step and a word, in either order; both may be left out. Behind `restore` a backup may be named. */
function parse(args: readonly string[]): Call {
  const isWord = (arg: string): arg is Word => (words as readonly string[]).includes(arg);
  const word = args.find(isWord) ?? null;
  const rest = args.filter((arg) => arg !== word);
  const backup = (word === "restore" ? rest.find(isBackup) : undefined) ?? null;
  const [name = null, more] = rest.filter((arg) => arg !== backup);
  if (more !== undefined && word === "restore")
    throw wrongCall(`"${more}" is the name of no backup: they look like 2026-11-24_14-03-22.`);
  if (more !== undefined)
    throw wrongCall(`What is "${more}"? After the step comes one of ${words.join(", ")}, or nothing.`);
  return { name, word, backup };
}

/** Backups begin with the day, also behind the path of their folder. */
function isBackup(arg: string): boolean {
  return /(?:^|[\\/])\d{4}-\d\d-\d\d_/.test(arg);
}

function firstLesson(): Lesson {
  const [first] = lessons();
  if (!first) throw wrongCall("There are no lessons in this copy of the workbook; get a whole one with git pull.");
  return first;
}

/** The state, with what is unknown found by grading, where the call depends on it. */
async function stateFor(named: Lesson | null, word: Word | null): Promise<State> {
  const state = readState();
  const current = lessons().find((each) => each.slug === state.current);
  const isKnown = named ? isStarted(named) : current !== undefined && isStarted(current);
  if (isKnown && word !== "list") return state;
  const found = await refreshed(state, gradeOwn);
  if (found !== state) writeState(found);
  return found;
}
