/** A learner's file after compilation. Parent and child share these types. */
import type { Side } from "../../contract/model/recording.ts";

/** One file with all that it imports relatively. Stack frames of its code carry `learner:<side>` as their url. */
export interface Bundle {
  /** Absolute path of the learner's file. */
  readonly file: string;
  readonly code: string;
}

/** A learner's file, ready for a child. */
export interface Compiled {
  readonly is: "compiled";
  readonly side: Side;
  readonly bundle: Bundle;
  /** Source map v3 as JSON; its sources are relative to the file's folder. Parsed only when something has to be located. */
  readonly map: string;
  /** Absolute paths of all files in the bundle. */
  readonly inputs: readonly string[];
  /** Files of the reference solutions in the bundle, relative to the root; always empty for a solution itself. */
  readonly borrowed: readonly string[];
}

/** The compiled sides of a subject. */
export type Sides = Readonly<Partial<Record<Side, Compiled>>>;
