/** npm run lesson N take, and reset: other files in place of the learner's, never without a backup. */
import path from "node:path";
import { places, type Lesson } from "../../catalogue.ts";
import { two } from "../../report/text.ts";
import { updateState } from "../../state.ts";
import { noteBegun } from "../../watch/pages/begin.ts";
import { resetStep, shown, takeSolution } from "../../workspace.ts";
import { exit, say } from "../command.ts";

/** Says what was written, and where the files of before lie. */
export function replace(word: "take" | "reset", lesson: Lesson): number {
  const { written, backup } = word === "take" ? takeSolution(lesson) : resetStep(lesson);
  updateState((state) => noteBegun({ ...state, current: lesson.slug }, lesson));
  const names = written.map((file) => path.basename(file)).join(" and ");
  const what = word === "take" ? "the solution" : "the starter";
  say(
    `Step ${two(lesson.number)}: ${names} in ${shown(places(lesson.slug).exercise)}/ ${written.length === 1 ? "is" : "are"} ${what} now.`,
  );
  if (backup !== null) say(`What was there lies in ${shown(backup)}/`);
  say(`Go on with npm run lesson ${lesson.number}`);
  return exit.passed;
}
