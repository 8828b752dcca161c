/** What a scenario is, and the bench that it acts through. */
import type { ClauseId } from "./clause.ts";
import type { Exchange, Side } from "./recording.ts";
import type { ClientCall } from "./script.ts";

export interface Book {
  readonly title: string;
  readonly author: string;
  readonly genre: string;
  readonly sold: number;
}

/** All that scenarios and checks may know of the world. */
export interface World {
  readonly clock: "virtual" | "real";
  readonly seed: number;
  readonly books: readonly Book[];
  /** The clauses graded in this exercise, in contract order. */
  readonly graded: readonly ClauseId[];
  /** Absolute folders whose names a failed answer must not show (subject's, working, home, temp). */
  readonly privatePaths: readonly string[];
  /** Server subjects: the origin that requests go to. */
  readonly origin: string;
}

/** A request for `send`. */
export interface Ask {
  readonly label: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Absolute, or a path, which is put behind the server's origin. */
  readonly url: string;
  /** Sent as it is. */
  readonly body?: string;
}

/**
 * What a scenario acts through; the same for a module, a URL and a command. All that happens is recorded by the bench.
 * Once the subject's process has ended, no call of it returns: the scenario just stops there.
 */
export interface Bench {
  readonly world: World;
  /** ms from the scenario's start. */
  now(): number;
  wait(ms: number): Promise<void>;
  /** Waits until `now()` is `atMs`; at once if that is past. */
  until(atMs: number): Promise<void>;
  /** A number in [0, 1), the same for the same seed and scenario. */
  random(): number;
  /** Sends one request to the server and records the exchange. Never rejects. Follows no redirect. */
  send(ask: Ask): Promise<Exchange>;
  /**
   * Calls the client once against a scripted server on a port of its own. Records its requests, its settling, and
   * afterwards a probe `timers`: how many things keep the process alive 100 turns after it settled.
   */
  run(call: ClientCall): Promise<void>;
  /**
   * Records a measure under its name.
   * - `timers`: ref'd timers and handles that the server module keeps
   * - `jobs.size`: `size` of what the module exports as `jobs`, read afresh; null when there is none
   */
  probe(name: "timers" | "jobs.size"): Promise<void>;
  /** Sends the same request so many times, some hundreds at once, and reads the answers; records none of it. */
  repeat(ask: Ask, times: number): Promise<void>;
  /** Waits, and records under `pause` the longest real time (ms) that one turn of the event loop took meanwhile. */
  pause(ms: number): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  readonly side: Side;
  /** What it does, in a few words. */
  readonly about: string;
  /** Takes twice as long as most, or longer: it has many exchanges, or much virtual time. Tells how to deal them out. */
  readonly long?: boolean;
  /** Needs a child of its own, with no memory limit; played only in a full grading, never on save. */
  readonly heavy?: boolean;
  /** Its work fails, which may end the subject's process. */
  readonly mayEnd?: boolean;
  /** On the real clock it may return what is to be read at the very end of the grading, when hours of others have passed. */
  play(bench: Bench): Promise<void | Later>;
}

/** The rest of a scenario, on the same bench. */
export type Later = () => Promise<void>;
