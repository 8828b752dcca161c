/** npm run lesson [N] [word]: everything a learner does with a step. */
import { makeReady } from "../run/memory/pool.ts";
import { readArguments } from "./lesson/arguments.ts";

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

/** @returns 0 at a terminal; in a pipe the verdict's exit code */
export async function run(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  // Starting a child takes longest, so it starts while the rest of this program is loaded.
  if (wanted.word === null) makeReady(1);
  const { perform } = await import("./lesson/perform.ts");
  return await perform(wanted);
}
