/** What a scripted server answers, and how a client is called against it. */
import type { HeaderPair, HttpRequest } from "./recording.ts";

/** One answer of a scripted server. */
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
  /** The grader aborts the client's signal this long after the request arrived, ms. */
  readonly abortAfterMs?: number;
}

/** When and where a scripted server gets a request. */
export interface Arrival {
  /** ms from the scenario's start. */
  readonly ms: number;
  /** ms since 1970, by the clock that the client reads. */
  readonly epochMs: number;
  /** The scripted server's own origin. */
  readonly origin: string;
}

/** Requests so far, the current one included; HEAD and OPTIONS are not counted. */
export interface Count {
  readonly posts: number;
  /** All that are no POST. */
  readonly gets: number;
}

/** A scripted server: one answer for each request. It never sees HEAD and OPTIONS; see `replyTo` in scenarios/script.ts. */
export interface Script {
  answer(request: HttpRequest, count: Count, at: Arrival): Answer;
}

/** One call of a client's `runReport`. */
export interface ClientCall {
  readonly script: Script;
  readonly params: Readonly<Record<string, unknown>>;
  readonly options?: {
    readonly timeoutMs?: number;
    /** Pass a signal: `aborted-before` is aborted before the call, `given` by an Answer's `abortAfterMs`. */
    readonly signal?: "given" | "aborted-before";
  };
  /** How long to watch for requests after the promise has settled, ms. Default 0. */
  readonly watchMs?: number;
  /** When the scenario ends if the promise does not settle, ms. Default one hour. */
  readonly limitMs?: number;
  /** The same on the real clock (a command): 10 s after the longest wait that its clauses allow, ms. Default one minute. */
  readonly realLimitMs?: number;
}
