/** `lesson` in a pipe or on CI: prints once, and ends with the verdict's exit code. */
import { readFileSync } from "node:fs";
import { places } from "../../content/places.ts";
import type { Lesson } from "../../content/lesson.ts";
import { clauseOf } from "../../contract/clauses/all.ts";
import { lanesNow } from "../../grade/again.ts";
import { grade } from "../../grade/grade.ts";
import { gradeMany } from "../../grade/many.ts";
import { afterRun, fingerprint, ownSubject, refreshed } from "../../learner/progress.ts";
import { plainWays } from "../../report/plain-ways.ts";
import { exitCode } from "../../report/summary.ts";
import { closePool } from "../../run/memory/pool.ts";
import { unifiedDiff } from "../../learner/solution-diff.ts";
import { stepOf, updateState, type State } from "../../learner/state.ts";
import { beginStep, noteBegun } from "../../session/begin.ts";
import { revealHint } from "../../session/dialogs/hints.ts";
import { listOf } from "../../session/dialogs/list.ts";
import { shownWays } from "../../content/ways.ts";
import { isStarted } from "../../learner/exercises.ts";
import { complain, exit, say, wrongCall } from "../command.ts";
import { print, printRun } from "../print.ts";
import type { DialogName } from "../../session/intents.ts";

/** What can be printed, besides a grading. */
export type PrintedWord = Exclude<DialogName, "output" | "keys">;

/** @param state with the progress of all started steps, where the word needs it */
export async function once(word: PrintedWord | null, lesson: Lesson, state: State): Promise<number> {
  switch (word) {
    case null:
      return await gradeOnce(lesson);
    case "list":
      print(listOf(state));
      return exit.passed;
    case "hint":
      return await hintOnce(lesson, state);
    case "solution":
      process.stdout.write(unifiedDiff(lesson));
      return exit.passed;
    case "ways":
      say(plainWays(lesson, shownWays(lesson)));
      return exit.passed;
    case "quiz":
      for (const index of lesson.quiz.keys()) print({ is: "quiz", live: false, lesson, index, chosen: null });
      return exit.passed;
    case "text":
      say(readFileSync(places(lesson.slug).text, "utf8").trimEnd());
      return exit.passed;
  }
}

async function gradeOnce(lesson: Lesson): Promise<number> {
  const fresh = !isStarted(lesson);
  if (fresh) complain(beginStep(lesson, "starter", { watched: false }));
  const of = fingerprint(lesson);
  try {
    const run = await grade(lesson, ownSubject(lesson), { heavy: true, lanes: lanesNow() });
    updateState((state) => {
      const current = { ...state, current: lesson.slug };
      return afterRun(fresh ? noteBegun(current, lesson) : current, lesson, run, of);
    });
    printRun(lesson, run);
    return exitCode(run);
  } finally {
    closePool();
  }
}

async function hintOnce(lesson: Lesson, state: State): Promise<number> {
  if (!isStarted(lesson))
    throw wrongCall(`There is nothing to hint at yet: npm run lesson ${lesson.number} starts this step.`);
  const known = await refreshed(state, gradeMany, [lesson]);
  const open = stepOf(known, lesson.slug).progress?.open ?? null;
  if (open === null) {
    say(
      `No clause of this step fails, so there is nothing to hint at. npm run lesson ${lesson.number} shows where it stands.`,
    );
    return exit.passed;
  }
  const next = updateState((before) =>
    revealHint({ ...before, steps: { ...known.steps, ...before.steps } }, lesson.slug, open),
  );
  const revealed = stepOf(next, lesson.slug).hints[open] ?? 1;
  print({ is: "hints", live: false, lesson, clause: clauseOf(open), revealed });
  return exit.passed;
}
