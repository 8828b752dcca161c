/** Writes down what came of a grading, the same way for every runner. */
import type { Verdict } from "../contract/model/clause.ts";
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
    problem: problem ?? recordings.map(endOf).find((end) => end !== null) ?? null,
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

/** What ended the subject's process in a scenario; null: nothing did. */
export function endOf({ events }: Recording): Problem | null {
  const last = events.at(-1);
  return last?.is === "ended" ? last.problem : null;
}

function printed({ scenario, events }: Recording): Printed[] {
  return events.flatMap((event) =>
    event.is === "printed" ? [{ from: event.from, atMs: event.atMs, scenario, text: event.text }] : [],
  );
}
