/** What the engine's rooms hand to each other, beside the words of contract/types.ts. */
import type { ClauseId, Problem, Recording, Side, Verdict } from "./contract/types.ts";
import type { Earlier } from "./run/earlier.ts";

/** What is graded. Paths are absolute. */
export type Subject =
  { readonly server?: string; readonly client?: string } | { readonly url: string } | { readonly command: string };

/** A line (or more) that the subject's code printed. */
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
  /** Sum over the scenarios, ms of their own clock. */
  readonly virtualMs: number;
  /** Said once, above the verdicts; such as that the runner fell back to another clock. */
  readonly notice: string | null;
}

export interface GradeOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Play the scenarios of these clauses first (the part shown). */
  readonly first?: readonly ClauseId[];
  /** Called whenever more clauses are decided, with all verdicts so far. */
  readonly onProgress?: (verdicts: readonly Verdict[]) => void;
  /** Also play heavy scenarios (ttl.gentle). Default false. */
  readonly heavy?: boolean;
  /** Play only these scenarios. */
  readonly only?: readonly string[];
  /** What is remembered of the last grading of the same files; what is still true of it is not played again. */
  readonly earlier?: Earlier;
  /** Children that may play at the same time. Default 2; 1 where several gradings go on side by side. */
  readonly lanes?: 1 | 2;
  /** Ends the grading; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** For a URL: ms that the server has for one whole answer. Default 10 s. */
  readonly answerMs?: number;
  /** For a URL or a command: called about four times a second. */
  readonly onClock?: (clock: RealClock) => void;
}

/** How far a grading on the real clock is. */
export interface RealClock {
  /** The clause under way; null when all are decided. */
  readonly clause: ClauseId | null;
  readonly elapsedMs: number;
  /** What the whole grading will take, about. */
  readonly aboutMs: number;
}
