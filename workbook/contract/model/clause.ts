/** A clause of the contract, what its check finds, and its verdict. */
import type { ClauseId } from "./clause-id.ts";
import type { Problem, Recording, Side } from "./recording.ts";
import type { World } from "./world.ts";

export type Level = "must" | "should";

export type { ClauseId };

/** Where on the wire a verdict points. */
export interface Mark {
  readonly scenario: string;
  /** Index into the recording's events; null: the end of the recording. */
  readonly event: number | null;
  /** What is marked there. */
  readonly on: "request" | "status" | "body" | "settle" | `header:${string}`;
}

/** What a check found. */
export type Outcome =
  | { readonly is: "pass"; readonly remark?: string; readonly mark?: Mark }
  | {
      readonly is: "fail";
      readonly expected: string;
      readonly seen: string;
      readonly mark?: Mark;
      /** Advice where the learner is nearly right. */
      readonly remark?: string;
    }
  /**
   * The recording is not in a state to be checked, most likely because of another clause: not reached because of
   * `blockedBy`. Where that clause is not graded, or passed, the judge takes `otherwise`.
   */
  | { readonly is: "blocked"; readonly blockedBy: ClauseId; readonly otherwise: Outcome }
  /** An answer that the check needs is missing, because the subject's process ended in `scenario`. */
  | { readonly is: "missing"; readonly scenario: string };

/** What a check may look at. */
export interface Evidence {
  readonly world: World;
  /** The recording of a scenario that the clause names; undefined when it was not played. */
  recording(scenario: string): Recording | undefined;
  /** True if the clause is graded in this exercise. */
  graded(id: ClauseId): boolean;
  /** True if the clause passed or is not graded here. Only for ids in `partNeeds`. */
  passed(id: ClauseId): boolean;
}

export interface Clause {
  readonly id: ClauseId;
  readonly side: Side;
  readonly level: Level;
  /** The clause in a sentence, without a capital or a full stop. */
  readonly sentence: string;
  /** Why it matters, in one to three sentences. */
  readonly why: string;
  /** Where it comes from: an RFC's section, or the convention and who uses it. */
  readonly source: string;
  /**
   * How `check` decides it, for readers who check an API by eye: what is sent, when it is looked at, the limits with
   * their units, what is accepted, what isn't judged. One to four sentences, at most 400 characters; may have `code`.
   */
  readonly decided: string;
  /** One to three, each more direct than the one before. */
  readonly hints: readonly string[];
  /** The clause is judged only if all of these passed. */
  readonly needs: readonly ClauseId[];
  /** What one part of the check needs; it asks `evidence.passed`. */
  readonly partNeeds?: readonly ClauseId[];
  /** The clauses that a `blocked` outcome of its check may name. */
  readonly mayBeBlockedBy?: readonly ClauseId[];
  /** Not reached if one of these failed. */
  readonly yieldsTo: readonly ClauseId[];
  /** It is left out where the client's call cannot have options (a command). */
  readonly needsCallOptions?: boolean;
  /** It fails for something left over. A second pass plays the scenario again to find where that was started. */
  readonly tracesLeftovers?: boolean;
  /** Names of the scenarios whose recordings it looks at. */
  readonly scenarios: readonly string[];
  /** Pure: the same evidence gives the same outcome. */
  check(evidence: Evidence): Outcome;
}

export interface Verdict {
  readonly clause: ClauseId;
  readonly side: Side;
  readonly level: Level;
  readonly verdict: "pass" | "fail" | "not-reached";
  readonly expected: string | null;
  readonly seen: string | null;
  /** ms from the scenario's start. */
  readonly atMs: number | null;
  /** The failed clause at the root of the chain, for a `not-reached`. */
  readonly blockedBy: ClauseId | null;
  readonly remark: string | null;
  readonly mark: Mark | null;
  /** It failed because the subject's process ended before the answer that it needs. */
  readonly problem: Problem | null;
}
