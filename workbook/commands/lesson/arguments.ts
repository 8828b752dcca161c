/** Reads the arguments of `lesson`. */
import { wrongCall } from "../command.ts";

const words = ["list", "hint", "solution", "ways", "take", "reset", "restore", "quiz", "text", "debug"] as const;
export type Word = (typeof words)[number];

export interface LessonArguments {
  /** The lesson's number or name, as it was typed. */
  readonly name: string | null;
  readonly word: Word | null;
  /** The backup that `restore` names. */
  readonly backup: string | null;
}

/** A step and a word, in either order; both may be left out. After `restore` a backup may be named. */
export function readArguments(args: readonly string[]): LessonArguments {
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

/** A backup's name starts with a date. The path of its folder counts too. */
function isBackup(arg: string): boolean {
  return /(?:^|[\\/])\d{4}-\d\d-\d\d_/.test(arg);
}
