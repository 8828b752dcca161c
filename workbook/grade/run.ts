/** Writes down what came of a grading, the same way for every runner. */
import type { Verdict } from "../contract/model/clause.ts";
import { endOf } from "../contract/model/end.ts";
import type { Problem, Recording } from "../contract/model/recording.ts";
import type { Printed, Run } from "../contract/model/run.ts";
import type { Plan } from "./plan.ts";

export interface Result {
  readonly verdicts: readonly Verdict[];
  /** What kept a side from being graded at all; null: nothing did. */
  readonly problem: Problem | null;
  /** What the verdicts rest on. */
  readonly recordings: readonly Recording[];
  /** These, and what was recorded of a side that cannot be graded. */
  readonly all: readonly Recording[];
  /** Shown once, above the verdicts. */
  readonly notice: string | null;
  /** By performance.now(), ms. */
  readonly startedAt: number;
}

/** The run passes if every side could be graded and no `must` failed. */
export function runOf({ lesson, subject, world }: Plan, result: Result): Run {
  const { verdicts, problem, recordings, all, notice, startedAt } = result;
  return {
    exercise: lesson.slug,
    subject,
    seed: world.seed,
    passed: problem === null && allPass(verdicts),
    verdicts,
    problem: problem ?? recordings.map(endOf).find((end) => end !== null)?.problem ?? null,
    recordings,
    output: all.flatMap(printed),
    elapsedMs: performance.now() - startedAt,
    virtualMs: all.reduce((sum, { lastedMs }) => sum + lastedMs, 0),
    notice,
  };
}

function allPass(verdicts: readonly Verdict[]): boolean {
  return verdicts.length > 0 && verdicts.every(({ level, verdict }) => level === "should" || verdict === "pass");
}

function printed({ scenario, events }: Recording): Printed[] {
  return events.flatMap((event) =>
    event.is === "printed" ? [{ from: event.from, atMs: event.atMs, scenario, text: event.text }] : [],
  );
}
