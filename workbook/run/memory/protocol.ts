/**
 * What parent and child say to each other: JSON lines, orders on the child's fd 4, what is told on its fd 3, events in the
 * file that is its fd 5; without one they are told too. All is written synchronously, and begins with the order's token.
 */
import type { Event, ProblemKind } from "../../contract/model/recording.ts";
import type { World } from "../../contract/model/world.ts";

/** A learner's file, bundled. `file` is its absolute path; frames of its code carry `learner:<side>` as url. */
export interface Bundle {
  readonly file: string;
  readonly code: string;
}

/** Play one scenario on fresh modules. */
export interface Order {
  readonly id: number;
  readonly scenario: string;
  readonly world: World;
  readonly server: Bundle | null;
  readonly client: Bundle | null;
  /** Real ms without a turn of the event loop that count as an endless loop; 0: no limits at all (a debugger). */
  readonly loopMs: number;
  /** Real ms that the scenario may take. */
  readonly realMs: number;
  /** MB of resident memory that count as a bomb. */
  readonly memoryMb: number;
  /** Look closer: who set a stray timer, where a non-Error was thrown. Slower; only in a second pass. */
  readonly trace: boolean;
}

/** An order as it is sent. What is told while it is played is believed only behind its token. */
export interface SealedOrder extends Order {
  readonly token: string;
}

/** A place in the code that ran: line and column from 1, as V8 says them. */
export interface Frame {
  /** `learner:server`, `learner:client`, or a file URL or node: name. */
  readonly url: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

export interface RawProblem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** For `throw`: a promise was rejected and nothing caught it. */
  readonly isRejection?: boolean;
}

export type Told =
  /** `waits` is "ok", or a sentence that says why the clock under Node's timers cannot be used here. */
  | { readonly is: "ready"; readonly waits: string }
  | { readonly is: "event"; readonly order: number; readonly event: Event }
  /** Nothing that decides a verdict, but a reader should know it: the rest of a sentence that begins with the file's name. */
  | { readonly is: "notice"; readonly order: number; readonly text: string }
  /** The subject started a process (its pid), or something that may start processes unseen (null). */
  | { readonly is: "offspring"; readonly pid: number | null }
  /** Why the subject cannot go on; the recording gets its `ended` event from this, in the parent, which knows the sources. */
  | { readonly is: "problem"; readonly order: number; readonly atMs: number; readonly problem: RawProblem }
  /** The scenario is over. `clean`: this child may play another; else `why` it may not. */
  | {
      readonly is: "done";
      readonly order: number;
      readonly lastedMs: number;
      /** Real ms of work and waiting; what it stood in the queue for a core is left out. */
      readonly spentMs: number;
      readonly clean: boolean;
      readonly why: string;
    }
  /**
   * Only with `trace`, before `done` or `problem`: where something was begun that is left over (`what` names it, such as
   * "setInterval"), or where the thing was thrown that nobody caught ("thrown").
   */
  | { readonly is: "traced"; readonly order: number; readonly what: string; readonly frames: readonly Frame[] };
