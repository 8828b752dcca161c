/** npm run lesson N debug: plays the failing scenario alone, with the inspector on. Its clock stops while it is paused. */
import type { Lesson } from "../../content/lesson.ts";
import { clauseOf, clauses } from "../../contract/clauses/all.ts";
import { scenarios } from "../../contract/scenarios/all.ts";
import type { Run } from "../../contract/model/run.ts";
import type { Scenario } from "../../contract/model/scenario.ts";
import { grade } from "../../grade/grade.ts";
import { planOf } from "../../grade/plan.ts";
import { ownSubject } from "../../learner/progress.ts";
import { blocking, summarise } from "../../report/summary.ts";
import { pathFromRoot } from "../../content/places.ts";
import { inspectScenario } from "../../run/memory/inspect.ts";
import { closePool } from "../../run/memory/pool.ts";
import { isStarted } from "../../learner/exercises.ts";
import { complain, exit, say, wrongCall } from "../command.ts";

/** @returns 0 when the scenario is over, 3 if the file cannot be run */
export async function debug(lesson: Lesson): Promise<number> {
  if (!isStarted(lesson))
    throw wrongCall(`There is nothing to debug yet: npm run lesson ${lesson.number} starts this step.`);
  try {
    const run = await grade(lesson, ownSubject(lesson));
    const problem = blocking(run);
    if (problem) return cannotRun(problem.message);
    const failing = failingScenario(lesson, run);
    if (failing) return await inspect(lesson, failing.clause, failing.scenario);
    say("No clause of this step fails, so there is nothing to debug.");
    return exit.passed;
  } finally {
    closePool();
  }
}

/** The scenario in which the open clause fails. */
function failingScenario(lesson: Lesson, run: Run): { clause: string; scenario: Scenario } | null {
  const { open } = summarise(lesson, clauses, run.verdicts);
  if (!open) return null;
  const name = open.mark?.scenario ?? clauseOf(open.clause).scenarios[0];
  const scenario = name === undefined ? undefined : scenarios.get(name);
  return scenario ? { clause: open.clause, scenario } : null;
}

async function inspect(lesson: Lesson, clause: string, scenario: Scenario): Promise<number> {
  const file = ownSubject(lesson)[scenario.side];
  say(`${clause} fails in scenario ${scenario.name}: ${scenario.about}`);
  const outcome = await inspectScenario({
    scenario,
    file,
    world: planOf(lesson, { [scenario.side]: file }).world,
    onListening: (address) =>
      say(
        address === null
          ? "Your editor attaches by itself. It stops at the file's first line; time stands still meanwhile."
          : `Attach a debugger to ${address} (Chrome: open chrome://inspect and press inspect).\nIt stops at the first line of ${pathFromRoot(file)}; time stands still meanwhile.`,
      ),
  });
  if ("kind" in outcome) return cannotRun(outcome.message);
  say(
    `The scenario is over, after ${(outcome.lastedMs / 1000).toFixed(1)} s on its own clock. npm run lesson ${lesson.number} grades again.`,
  );
  return exit.passed;
}

function cannotRun(message: string): number {
  complain(message);
  return exit.notRun;
}
