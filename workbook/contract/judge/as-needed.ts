/** Judges while scenarios are still played, and drops those that can no longer change a verdict. */
import type { Clause, Verdict } from "../model/clause.ts";
import { judge, type JudgeOptions } from "./judge.ts";
import { neededScenarios } from "./needed.ts";

export interface SoFar {
  readonly verdicts: readonly Verdict[];
  /** Names of scenarios that can still change a verdict, whether they have been played or not. */
  readonly needed: ReadonlySet<string>;
}

/**
 * A scenario that is dropped decides more clauses, which may drop more scenarios: it goes on until nothing changes.
 * @param graded the clauses that the subject is judged by
 * @param needed the scenarios that could change a verdict before the newest recording
 */
export function judgeAsNeeded(options: JudgeOptions, graded: readonly Clause[], needed: ReadonlySet<string>): SoFar {
  const pending = new Set([...needed].filter((name) => !options.recordings.has(name)));
  const verdicts = judge({ ...options, pending });
  const still = neededScenarios(graded, options.replaces ?? {}, verdicts);
  const isStable = [...pending].every((name) => still.has(name));
  return isStable ? { verdicts, needed: still } : judgeAsNeeded(options, graded, still);
}
