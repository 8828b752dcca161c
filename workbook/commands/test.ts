/** npm test [N]: runs vitest on all tests, or on one lesson's. */
import { spawn } from "node:child_process";
import path from "node:path";
import { beginAhead, solutionOf, type AheadTask } from "../grade/ahead.ts";
import { lessons } from "../content/catalogue.ts";
import type { Lesson } from "../content/lesson.ts";
import { places } from "../content/places.ts";
import { root } from "../root.ts";
import { isStarted } from "../learner/exercises.ts";
import { ownSubject } from "../learner/progress.ts";
import { two } from "../report/text.ts";
import { exit, say, wrongCall } from "./command.ts";
import { lessonNamed } from "./lesson-named.ts";

export const help = `npm test                         all that is started, the reference solutions, the workbook's own fast tests
npm test 3                       that exercise only`;

/** @returns vitest's exit code: 0 or 1 */
export async function run(args: readonly string[]): Promise<number> {
  const [word, more] = args;
  if (more !== undefined) throw wrongCall("npm test takes one step, or nothing: npm test 3");
  const lesson = word === undefined ? null : lessonNamed(word);
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  // A whole path, since vitest runs every file whose name contains its filter.
  const files = lesson ? [path.relative(root, places(lesson.slug).test)] : [];
  const asked = lesson ? [lesson] : lessons();
  const ahead = beginAhead(asked.flatMap(tasksOf));
  // If it fails, the tests grade by themselves and report the same error.
  ahead.graded.catch(() => {});
  const code = await ended([vitest, "run", ...files], ahead.environment);
  ahead.remove();
  for (const each of asked.filter((one) => !isStarted(one)))
    say(` skipped  ${two(each.number)}  ${each.title}: not started, npm run lesson ${each.number} starts it`);
  return code;
}

/** The learner's files of a started lesson, and the reference solution. */
function tasksOf(lesson: Lesson): AheadTask[] {
  const own: AheadTask[] = isStarted(lesson) ? [{ lesson, whose: "own", subject: ownSubject(lesson) }] : [];
  return [...own, { lesson, whose: "solution", subject: solutionOf(lesson) }];
}

function ended(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? exit.failed));
  });
}
