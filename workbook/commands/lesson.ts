/** npm run lesson [N] [word]: where a learner lives. */
import { makeReady } from "../run/memory/pool.ts";
import { wrongCall } from "./command.ts";

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
export type Word = (typeof words)[number];

/** Live: 0. Piped: the verdict's exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const call = parse(args);
  // A child takes longest to start: it does so while the rest of this program is loaded.
  if (call.word === null) makeReady(1);
  const { perform } = await import("./lesson/perform.ts");
  return await perform(call);
}

export interface Call {
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
