/** One grading: what was graded, and what came out of it. Plain data. */
import type { Verdict } from "./clause.ts";
import type { Problem, Recording, Side } from "./recording.ts";

/** What is graded. Paths are absolute. */
export type Subject =
  { readonly server?: string; readonly client?: string } | { readonly url: string } | { readonly command: string };

/** Text that the subject's code printed. */
export interface Printed {
  readonly from: Side;
  readonly atMs: number;
  readonly scenario: string;
  readonly text: string;
}

/** One grading of one exercise. */
export interface Run {
  /** The lesson's slug. */
  readonly exercise: string;
  readonly subject: Subject;
  readonly seed: number;
  /** Every graded `must` passes. */
  readonly passed: boolean;
  /** In contract order. A side that could not be graded has none. */
  readonly verdicts: readonly Verdict[];
  readonly problem: Problem | null;
  readonly recordings: readonly Recording[];
  readonly output: readonly Printed[];
  /** Real ms. */
  readonly elapsedMs: number;
  /** Sum over all scenarios, ms of their own clock. */
  readonly virtualMs: number;
  /** Shown once, above the verdicts: what changes no verdict, but a reader should know. */
  readonly notice: string | null;
}
