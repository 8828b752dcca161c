/**
 * What a run recorded: requests, answers, and how the subject ended. Plain data, so that a recording can cross from a
 * child process (or a browser Worker) to the judge, and on to any reporter, unchanged.
 */

export type Side = "server" | "client";

/** One header line. The name is in lower case. Two lines with the same name stay two pairs. */
export type HeaderPair = readonly [name: string, value: string];

export interface HttpRequest {
  readonly method: string;
  /** Absolute URL. */
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  /** The body as text; null when there is none. */
  readonly body: string | null;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  /** The body as text; "" when there is none. */
  readonly body: string;
}

/** Why an exchange has no response. */
export interface Failure {
  /**
   * - `never`: nothing is left that could answer
   * - `timeout`: the time for an answer is over (real clock)
   * - `cut`: the connection broke
   * - `left`: the client closed the connection before its answer was there
   * - `refused`: nothing listens at that address
   * - `not-http`: something answers there, but does not speak HTTP
   * - `tls`: no secure connection could be made
   * - `foreign`: the URL names a host that the grader does not connect to
   * - `ended`: the subject's process ended or was stopped; the recording's `ended` event says why
   * - `threw`: `fetch` rejected or returned no Response. Then there is a response too, with status 500.
   */
  readonly kind: "never" | "timeout" | "cut" | "left" | "refused" | "not-http" | "tls" | "foreign" | "ended" | "threw";
  /** For people. Nothing is decided by its words. */
  readonly message: string;
}

/** A request and what became of it. */
export interface Exchange {
  /** The scenario's name for it, such as `A.post` or `A.get`. A client's requests are `post`, `get` and `other`. */
  readonly label: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse | null;
  readonly failure: Failure | null;
  /** When the request was sent (server scenarios) or arrived (client scenarios), ms from the scenario's start. */
  readonly sentMs: number;
  /** When the last byte of the answer arrived, ms from the scenario's start; null if there was no answer. */
  readonly doneMs: number | null;
  /** The answer took more than 2 s of real time, whatever the virtual clock says. */
  readonly slow: boolean;
  /**
   * Not judged, and left out of reports: it warms the server up, or waits until it is free again. Only on the real clock.
   */
  readonly aside?: boolean;
}

/** What a promise was rejected with, as plain data. */
export interface ErrorRecord {
  /** True for an Error of any realm. */
  readonly isError: boolean;
  readonly name: string;
  /** The Error's message; of any other value, the value as text. */
  readonly message: string;
  /** The first of `status`, `statusCode` and `response.status` that is a number. */
  readonly status: number | null;
  /** True for the reason that the grader aborted its signal with. */
  readonly isReason: boolean;
  /** True if a URL could not be parsed. */
  readonly isInvalidUrl: boolean;
  /** True for a JSON parser's message ("Unexpected token …", "… is not valid JSON") or the name SyntaxError. */
  readonly isParserMessage: boolean;
  readonly cause: ErrorRecord | null;
}

/** The signals that the grader sends to a process. */
export type Signal = "SIGKILL" | "SIGTERM" | "SIGSTOP" | "SIGCONT";

export type ProblemKind =
  "syntax" | "import" | "export" | "throw" | "exit" | "loop" | "memory" | "silent" | "clock" | "unreachable";

/** Why a subject could not be run on. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly side: Side | null;
  /** One or two sentences: what happened, and what to do. */
  readonly message: string;
  /** Path of the learner's file, relative to the working directory if it is inside that. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
  /** For `throw`: a promise was rejected and nothing caught it. */
  readonly isRejection?: boolean;
}

/** What happened in a run, in order of time. Times are ms from the scenario's start. */
export type Event =
  | { readonly is: "exchange"; readonly exchange: Exchange }
  /** A client's promise resolved. `json` is null when the value has no JSON (undefined, a function). */
  | { readonly is: "resolved"; readonly atMs: number; readonly type: string; readonly json: string | null }
  | { readonly is: "rejected"; readonly atMs: number; readonly error: ErrorRecord }
  /** The client's promise is pending, and no timer, request or promise is left that could settle it. */
  | { readonly is: "stalled"; readonly atMs: number }
  /** The grader stopped the run: there were 200 requests, or its time was over. */
  | { readonly is: "stopped"; readonly atMs: number; readonly why: "requests" | "time" }
  /** The grader aborted the signal that it had passed to the client. */
  | { readonly is: "aborted"; readonly atMs: number }
  | { readonly is: "printed"; readonly atMs: number; readonly from: Side; readonly text: string }
  | {
      readonly is: "probe";
      readonly atMs: number;
      readonly name: string;
      readonly value: number | string | boolean | null;
    }
  /** A process of the subject was started, for the first time or again. */
  | { readonly is: "started"; readonly atMs: number; readonly pid: number }
  /** The grader sent the subject's process a signal. */
  | { readonly is: "killed"; readonly atMs: number; readonly signal: Signal }
  /** A process of the subject ended, by itself (`code`) or by a signal (`code` is null). */
  | { readonly is: "exited"; readonly atMs: number; readonly pid: number; readonly code: number | null }
  /** An unhandled rejection or uncaught exception that did not end the process (it has a listener of its own, say). */
  | { readonly is: "unhandled"; readonly atMs: number; readonly error: ErrorRecord }
  /**
   * The subject could not be run on. Not always the last event: a process may be `started` again after it. `endOf`
   * (end.ts) says whether it was still so at the end of the recording.
   */
  | { readonly is: "ended"; readonly atMs: number; readonly problem: Problem };

export interface Recording {
  readonly scenario: string;
  readonly side: Side;
  readonly clock: "virtual" | "real";
  readonly events: readonly Event[];
  /** How long the scenario was, ms of its own clock. */
  readonly lastedMs: number;
  /** Not played, because of a problem that would have ended it too. */
  readonly skipped?: boolean;
}
