/** Everything that can happen in a session. */
import type { Verdict } from "../contract/model/clause.ts";
import type { Run } from "../contract/model/run.ts";
import type { State } from "../learner/state.ts";
import type { TypeRemark } from "../learner/type-remarks.ts";
import type { Intent } from "./intents.ts";

/** `grading` is the number of the grading that an event belongs to. Events of an older grading are dropped. */
export type SessionEvent =
  | { readonly is: "intent"; readonly intent: Intent }
  /** Files in the step's folder have changed; absolute paths. */
  | { readonly is: "saved"; readonly files: readonly string[] }
  /** A handed-out file was saved, which is not graded. */
  | { readonly is: "savedElsewhere"; readonly file: string }
  /** The system reports no saves here, so the files are looked at again and again. */
  | { readonly is: "polling" }
  | { readonly is: "progress"; readonly grading: number; readonly verdicts: readonly Verdict[] }
  /** The grading takes long enough to say so. */
  | { readonly is: "slow"; readonly grading: number }
  /** `fingerprint`: of the files that were graded. */
  | { readonly is: "graded"; readonly grading: number; readonly run: Run; readonly fingerprint: string }
  | { readonly is: "typesChecked"; readonly grading: number; readonly types: readonly TypeRemark[] }
  | { readonly is: "otherStepsGraded"; readonly learner: State }
  /** The workbook itself failed. */
  | { readonly is: "fault"; readonly error: unknown }
  /** The process is asked to end. */
  | { readonly is: "ended" };

export type Push = (event: SessionEvent) => void;
