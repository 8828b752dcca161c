/** How a grading is asked for. */
import type { ClauseId, Verdict } from "../contract/model/clause.ts";
import type { RecordingCache } from "../run/memory/recording-cache.ts";

export interface GradeOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Files: the clauses whose scenarios are played first. */
  readonly first?: readonly ClauseId[];
  /** Called whenever more clauses are decided, with all verdicts so far. */
  readonly onProgress?: (verdicts: readonly Verdict[]) => void;
  /** Also play heavy scenarios. Default false. */
  readonly heavy?: boolean;
  /** Files: remembers the last grading of the same files. Recordings of unchanged code are not made again. */
  readonly cache?: RecordingCache;
  /** Files: how many children may play at the same time. Default 2; 1 where several gradings run side by side. */
  readonly lanes?: 1 | 2;
  /** Aborts the grading; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** A URL: how long the server has for one whole answer, ms. Default 10 s. */
  readonly answerMs?: number;
  /** A URL or a command: called about four times a second. */
  readonly onClock?: (clock: RealClock) => void;
}

/** How far a grading on the real clock is. */
export interface RealClock {
  /** The clause that is being decided; null when all are. */
  readonly clause: ClauseId | null;
  readonly elapsedMs: number;
  /** How long the whole grading takes, about. */
  readonly aboutMs: number;
}
