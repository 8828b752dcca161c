/** npm run lesson N take, and reset: replaces the learner's files, and keeps a backup of them. */
import path from "node:path";
import { places, pathFromRoot } from "../../content/places.ts";
import type { Lesson } from "../../content/lesson.ts";
import { two } from "../../report/text.ts";
import { updateState } from "../../learner/state.ts";
import { noteBegun } from "../../session/begin.ts";
import { resetStep, takeSolution, type Replaced } from "../../learner/exercises.ts";
import { exit, say } from "../command.ts";

/** Prints what was written, and where the backup is. */
export function replace(word: "take" | "reset", lesson: Lesson): number {
  const replaced = word === "take" ? takeSolution(lesson) : resetStep(lesson);
  sayReplaced(lesson, replaced, word === "take" ? "the solution" : "the starter");
  return exit.passed;
}

/** Makes it the current step, and prints what was replaced. @param what the files are now, such as "the solution" */
export function sayReplaced(lesson: Lesson, { written, backup }: Replaced, what: string): void {
  updateState((state) => noteBegun({ ...state, current: lesson.slug }, lesson));
  const names = written.map((file) => path.basename(file)).join(" and ");
  const are = written.length === 1 ? "is" : "are";
  say(`Step ${two(lesson.number)}: ${names} in ${pathFromRoot(places(lesson.slug).exercise)}/ ${are} ${what} now.`);
  if (backup !== null) {
    say(`What was there lies in ${pathFromRoot(backup.folder)}/`);
    say(`Have it back with npm run lesson ${lesson.number} restore ${backup.name}`);
  }
  say(`Go on with npm run lesson ${lesson.number}`);
}
