/** What all commands share: their form, the way a wrong call is refused, and how they speak. */
import { findLesson, lessons, type Lesson } from "../catalogue.ts";

export interface Command {
  /** What `help` prints: the lines to type, and what they do. */
  readonly help: string;
  /** @returns the exit code. @throws a wrong call, see wrongCall. */
  run(args: readonly string[]): Promise<number>;
}

/** Exit codes. 70 is a fault of the workbook itself. */
export const exit = { passed: 0, failed: 1, wrongCall: 2, notRun: 3, fault: 70 } as const;

/** An error that is printed as its sentence alone and ends with exit code 2. */
export function wrongCall(sentence: string): Error {
  return Object.assign(new Error(sentence), { name: "WrongCall" });
}

/** The lesson that a word names. @throws a wrong call that says what there is. */
export function lessonNamed(word: string): Lesson {
  const lesson = findLesson(word);
  if (lesson) return lesson;
  const all = lessons();
  const last = all.at(-1);
  if (!last) throw wrongCall("There are no lessons in this copy of the workbook; get a whole one with git pull.");
  throw wrongCall(`There is no step "${word}": the steps are 1 to ${last.number}, and npm run lesson list shows them.`);
}

/** Prints a line (or lines) to standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a line (or lines) to standard error. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
