/** What scenarios and checks know of the surroundings of a run. */
import type { ClauseId } from "./clause-id.ts";

export interface Book {
  readonly title: string;
  readonly author: string;
  readonly genre: string;
  readonly sold: number;
}

export interface World {
  readonly clock: "virtual" | "real";
  readonly seed: number;
  readonly books: readonly Book[];
  /** The clauses graded in this exercise, in contract order. */
  readonly graded: readonly ClauseId[];
  /** Absolute folders whose names must not show in a failed answer (subject's, working, home, temp). */
  readonly privatePaths: readonly string[];
  /** For a server: the origin that requests go to. */
  readonly origin: string;
}
