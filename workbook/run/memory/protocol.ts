/**
 * The messages between parent and child, as JSON lines. The child reads requests on fd 4 and writes messages on fd 3. It
 * writes synchronously, so that nothing is lost when it dies, and starts each line with the request's token.
 */
import type { Event, ProblemKind } from "../../contract/model/recording.ts";
import type { World } from "../../contract/model/world.ts";
import type { Bundle } from "./bundle.ts";

/** Asks a child to play one scenario on fresh modules. */
export interface PlayRequest {
  readonly id: number;
  readonly scenario: string;
  readonly world: World;
  readonly server: Bundle | null;
  readonly client: Bundle | null;
  /** Real ms without a turn of the event loop that count as an endless loop; 0: no limits at all (a debugger). */
  readonly loopMs: number;
  /** Real ms that the scenario may take. */
  readonly realMs: number;
  /** MB of resident memory that count as endless growth. */
  readonly memoryMb: number;
  /** Also report where stray timers were started and where a value that is no Error was thrown. Slow; for a second pass. */
  readonly trace: boolean;
}

/** A request as it is sent. While it is played, the parent believes only lines that start with its token. */
export interface SealedPlayRequest extends PlayRequest {
  readonly token: string;
}

/** A place in the code that ran: line and column from 1, as V8 reports them. */
export interface Frame {
  /** `learner:server`, `learner:client`, or a file URL or node: name. */
  readonly url: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** A problem before its place in the learner's file is known. */
export interface RawProblem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** For `throw`: a promise was rejected and nothing caught it. */
  readonly isRejection?: boolean;
}

export type ChildMessage =
  /** `clockFault` says why the virtual clock does not work on this Node; null: it works, and the child can play. */
  | { readonly is: "ready"; readonly clockFault: string | null }
  | { readonly is: "event"; readonly request: number; readonly event: Event }
  /** Changes no verdict, but the reader should know. `text` continues a sentence that begins with the file's name. */
  | { readonly is: "notice"; readonly request: number; readonly text: string }
  /** The subject started a process (its pid), or something that may start processes unseen (null). */
  | { readonly is: "spawned"; readonly pid: number | null }
  /** Why the subject cannot go on. The parent, which has the source maps, turns it into the recording's `ended` event. */
  | { readonly is: "problem"; readonly request: number; readonly atMs: number; readonly problem: RawProblem }
  | DoneMessage
  /**
   * Only with `trace`, before `done` or `problem`: where something left over was started (`what` names it, such as
   * "setInterval"), or where an uncaught value was thrown ("thrown").
   */
  | TracedMessage;

/** The scenario is over. */
export interface DoneMessage {
  readonly is: "done";
  readonly request: number;
  readonly lastedMs: number;
  /** Real ms of work and waiting, without the time spent in the queue for a core. */
  readonly spentMs: number;
  /** Why this child must not play another scenario; null: it may. */
  readonly unclean: string | null;
  /** What is wrong with the scenario itself, a fault of the workbook; null: nothing. */
  readonly fault: string | null;
}

export interface TracedMessage {
  readonly is: "traced";
  readonly request: number;
  readonly what: string;
  readonly frames: readonly Frame[];
}
