/** What a scenario is, and the bench that it acts through. */
import type { ClauseId } from "./clause.ts";
import type { Exchange, HeaderPair, HttpRequest, Side } from "./recording.ts";

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

/** A request for Bench.send. `path` is put behind the origin; `url` is absolute. */
export interface Ask {
  readonly label: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  /** Sent as it is. */
  readonly body?: string;
}

/** What the scripted server answers. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly body: string;
  /** From the request's arrival to the answer, ms. Default 800. */
  readonly delayMs?: number;
  /** No answer ever comes: the connection stays open. */
  readonly never?: boolean;
  /** The connection is reset: instead of the answer, or in the middle of its body. */
  readonly cut?: "before" | "body";
  /** The grader aborts the client's signal so many ms after this request arrived. */
  readonly abortAfterMs?: number;
}

/** A scripted server: one answer a request. HEAD and OPTIONS never reach it. */
export interface Script {
  answer(
    request: HttpRequest,
    count: {
      /** POSTs so far, this one included. */ readonly posts: number;
      /** Other requests so far, this one included. */ readonly gets: number;
    },
    at: {
      /** ms from the scenario's start. */ readonly ms: number;
      /** ms since 1970, by the clock that the client reads. */ readonly epochMs: number;
      /** The scripted server's own origin. */ readonly origin: string;
    },
  ): Answer;
}

/** One call of a client's `runReport`. */
export interface ClientCall {
  readonly script: Script;
  readonly params: Readonly<Record<string, unknown>>;
  readonly options?: {
    readonly timeoutMs?: number;
    /** Hand in a signal; `true`: aborted before the call. (Otherwise an Answer's `abortAfterMs` aborts it.) */
    readonly signal?: "given" | "aborted-before";
  };
  /** How long to watch for requests after the promise has settled, ms. Default 0. */
  readonly watchMs?: number;
  /** The scenario's end if the promise does not settle, ms. Default one hour. */
  readonly limitMs?: number;
  /** The same on the real clock (a command): 10 s after the longest wait that its clauses allow, ms. Default one minute. */
  readonly realLimitMs?: number;
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
