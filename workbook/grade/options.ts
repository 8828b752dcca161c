/** How a grading is asked for, and how far one on the real clock is. */
import type { ClauseId, Verdict } from "../contract/model/clause.ts";
import type { RecordingCache } from "../run/memory/recording-cache.ts";

export interface GradeOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Play the scenarios of these clauses first (the part shown). */
  readonly first?: readonly ClauseId[];
  /** Called whenever more clauses are decided, with all verdicts so far. */
  readonly onProgress?: (verdicts: readonly Verdict[]) => void;
  /** Also play heavy scenarios. Default false. */
  readonly heavy?: boolean;
  /** Play only these scenarios. */
  readonly only?: readonly string[];
  /** Remembers the last grading of the same files; recordings of unchanged code are not made again. */
  readonly cache?: RecordingCache;
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
