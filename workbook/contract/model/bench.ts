/**
 * The benches that scenarios act through, one for each kind of subject. A bench records everything that happens on it.
 * Once the subject's process has ended for good, none of its calls returns: the scenario stops there.
 */
import type { Exchange, Signal } from "./recording.ts";
import type { ClientCall } from "./script.ts";
import type { World } from "./world.ts";

/** A request for `send`. */
export interface Ask {
  readonly label: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Absolute, or a path, which is put behind the server's origin. */
  readonly url: string;
  /** Sent as it is. */
  readonly body?: string;
  /** Nothing is judged by this exchange; see Exchange. */
  readonly aside?: boolean;
}

/** What every bench has: the world, a clock, and chance that repeats. */
export interface Bench {
  readonly world: World;
  /** ms from the scenario's start. */
  now(): number;
  wait(ms: number): Promise<void>;
  /** Waits until `now()` is `atMs`; returns at once if that is past. */
  until(atMs: number): Promise<void>;
  /** A number in [0, 1), the same for the same seed and scenario. */
  random(): number;
}

/** A bench with a server that takes requests. */
export interface HttpBench extends Bench {
  /** Sends one request and records the exchange. Never rejects. Follows no redirect. */
  send(ask: Ask): Promise<Exchange>;
}

/**
 * The bench of a server that is a module: file runs have all of it. A server at a URL has only what HttpBench has, so a
 * scenario asks for the rest on the virtual clock alone.
 */
export interface ServerBench extends HttpBench {
  /**
   * Records a measure under its name.
   * - `timers`: ref'd timers and handles that the server module keeps
   * - `jobs.size`: `size` of what the module exports as `jobs`, read afresh; null when there is none
   */
  probe(name: "timers" | "jobs.size"): Promise<void>;
  /** Sends the same request many times, some hundreds at once, and reads the answers; records none of it. */
  repeat(ask: Ask, times: number): Promise<void>;
  /** Waits, and records under `pause` the longest real time (ms) that one turn of the event loop took meanwhile. */
  pause(ms: number): Promise<void>;
}

export interface ClientBench extends Bench {
  /**
   * Calls the client once against a scripted server on a port of its own. Records its requests, its settling, and then a
   * probe `timers`: how many things keep the process alive 100 turns after it settled.
   */
  run(call: ClientCall): Promise<void>;
}

/** A line of the ledger that a program's work writes. */
export interface LedgerEntry {
  readonly is: "start" | "end";
  readonly jobId: string;
  readonly pid: number;
  /** ms since 1970. */
  readonly epochMs: number;
}

/** The bench of a server that is a program: it is started, killed, and started again on what is left. Real clock. */
export interface ProcessBench extends HttpBench {
  /**
   * Starts the program, after a kill on the same port and folder. Records `started`, and `exited` when the process ends.
   * @returns true when it answers, false when it ended or did not answer in time
   */
  start(): Promise<boolean>;
  /** Sends a signal, and records `killed`. Does not wait for the process to end. */
  kill(signal: Signal): Promise<void>;
  /** Waits until the process has ended, at most `ms`. @returns true if it has */
  exited(ms: number): Promise<boolean>;
  /** What the work has written so far, over all starts. */
  ledger(): Promise<readonly LedgerEntry[]>;
}
