/**
 * The words that every room of the workbook shares. All of it is plain data, so that a recording can cross from a
 * child process (or a browser's worker) to the judge, and from the judge to any reporter, unchanged.
 */

export type Side = "server" | "client";
export type Level = "must" | "should";
export type ClauseId = string;

/** One header line. Names are lower-case; two lines of one name stay two pairs. */
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
   * - `never`: nothing is left that could answer (or, on the real clock, the time for it is over)
   * - `cut`: the connection broke, or the caller went away
   * - `refused`: nobody listens there
   * - `foreign`: the URL names a host that the grader does not connect to
   * - `ended`: the subject's process ended or was stopped; the recording's `ended` event says why
   * - `threw`: `fetch` rejected or gave no Response. Then there is a response too, with status 500.
   */
  readonly kind: "never" | "cut" | "refused" | "foreign" | "ended" | "threw";
  readonly message: string;
}

/** A request and what became of it. */
export interface Exchange {
  /** What the scenario calls it, such as `A.post` or `A.get`; a client's requests are `post` and `get`. */
  readonly label: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse | null;
  readonly failure: Failure | null;
  /** When the request was sent (server scenarios) or had arrived (client scenarios), ms from the scenario's start. */
  readonly sentMs: number;
  /** When the last byte of the answer was there, ms from the scenario's start; null if none came. */
  readonly doneMs: number | null;
  /** The answer took more than 2 s of real time, whatever the virtual clock says. */
  readonly slow: boolean;
}

/** What a promise was rejected with, as plain data. `name`, `message` and `status` are those of the thing itself. */
export interface ErrorRecord {
  /** It is an Error, of whatever realm. */
  readonly isError: boolean;
  readonly name: string;
  /** An Error's message; else the thing as text. */
  readonly message: string;
  /** `status`, `statusCode` or `response.status`, the first that is a number. */
  readonly status: number | null;
  /** It is the very reason that the grader's signal was aborted with. */
  readonly isReason: boolean;
  /** The URL could not be parsed (no base, or no URL at all). */
  readonly isInvalidUrl: boolean;
  /** The message is a JSON parser's ("Unexpected token …", "… is not valid JSON"), or the name is SyntaxError. */
  readonly isParserMessage: boolean;
  readonly cause: ErrorRecord | null;
}

export type ProblemKind =
  "syntax" | "import" | "export" | "throw" | "exit" | "loop" | "memory" | "silent" | "clock" | "unreachable";

/** What kept a subject from being run on. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly side: Side | null;
  /** One or two sentences: what happened, and what to do. */
  readonly message: string;
  /** Path of the learner's own file, relative to the working directory where it lies below it. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
}

/** What a run can show, in order of time. Times are ms from the scenario's start. */
export type Event =
  | { readonly is: "exchange"; readonly exchange: Exchange }
  /** A client's promise resolved. `json` is null when JSON has no word for the value (undefined, a function). */
  | { readonly is: "resolved"; readonly atMs: number; readonly type: string; readonly json: string | null }
  | { readonly is: "rejected"; readonly atMs: number; readonly error: ErrorRecord }
  /** The client's promise is pending and nothing is left that could settle it. */
  | { readonly is: "stalled"; readonly atMs: number }
  /** The run was stopped by the grader: 200 requests, or its time was over. */
  | { readonly is: "stopped"; readonly atMs: number; readonly why: "requests" | "time" }
  /** The grader aborted the signal that it had given to the client. */
  | { readonly is: "aborted"; readonly atMs: number }
  | { readonly is: "printed"; readonly atMs: number; readonly from: Side; readonly text: string }
  | {
      readonly is: "probe";
      readonly atMs: number;
      readonly name: string;
      readonly value: number | string | boolean | null;
    }
  /** An unhandled rejection or uncaught exception in a process that went on (a server's own handler swallowed it, say). */
  | { readonly is: "unhandled"; readonly atMs: number; readonly error: ErrorRecord }
  /** The subject could not be run on. Always the last event. */
  | { readonly is: "ended"; readonly atMs: number; readonly problem: Problem };

export interface Recording {
  readonly scenario: string;
  readonly side: Side;
  readonly clock: "virtual" | "real";
  readonly events: readonly Event[];
  /** How long the scenario was, ms of its own clock. */
  readonly lastedMs: number;
  /** Not played at all, because of a problem that would have ended it too. */
  readonly skipped?: boolean;
}

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

/** Where on the wire a verdict points. */
export interface Mark {
  readonly scenario: string;
  /** Index into the recording's events; null: the end of the recording. */
  readonly event: number | null;
  /** What is marked there. */
  readonly on: "request" | "status" | "body" | "settle" | `header:${string}`;
}

/** What a check found. */
export type Outcome =
  | { readonly is: "pass"; readonly remark?: string; readonly mark?: Mark }
  | {
      readonly is: "fail";
      readonly expected: string;
      readonly seen: string;
      readonly mark?: Mark;
      /** A kind word where the learner is nearly right. */
      readonly remark?: string;
    }
  /**
   * A condition on the recording does not hold ("else Y" in the contract): not reached because of `clause`. Where that
   * clause is not graded, or did not fail itself, the judge takes `otherwise`.
   */
  | { readonly is: "else"; readonly clause: ClauseId; readonly otherwise: Outcome }
  /** The answer that the check needs never came, because the subject's process ended in `scenario`. */
  | { readonly is: "missing"; readonly scenario: string };

/** What a check may look at. */
export interface Evidence {
  readonly world: World;
  /** The recording of a scenario; it is there for each that the clause names and that was played. */
  recording(scenario: string): Recording | undefined;
  /** True if the clause is graded in this exercise. */
  graded(id: ClauseId): boolean;
  /** For the need of one part: true if the clause passed or is not graded here. Only for ids in `partNeeds`. */
  passed(id: ClauseId): boolean;
}

export interface Clause {
  readonly id: ClauseId;
  readonly side: Side;
  readonly level: Level;
  /** The clause in a sentence, without a capital or a full stop. */
  readonly sentence: string;
  /** Why it matters, in one to three sentences. */
  readonly why: string;
  /** Where it comes from: an RFC's section, or the convention and who uses it. */
  readonly source: string;
  /** One to three, of rising directness. */
  readonly hints: readonly string[];
  /** Judged only if all of these passed. */
  readonly needs: readonly ClauseId[];
  /** Needs of one part of the clause, asked by `evidence.passed`. */
  readonly partNeeds?: readonly ClauseId[];
  /** Clauses that an Outcome "else" of this one may name. */
  readonly elses?: readonly ClauseId[];
  /** Not reached if one of these failed. */
  readonly yieldsTo: readonly ClauseId[];
  /** Names of the scenarios whose recordings it looks at. */
  readonly scenarios: readonly string[];
  /** Pure: the same evidence gives the same outcome. */
  check(evidence: Evidence): Outcome;
}

export interface Verdict {
  readonly clause: ClauseId;
  readonly side: Side;
  readonly level: Level;
  readonly verdict: "pass" | "fail" | "not-reached";
  readonly expected: string | null;
  readonly seen: string | null;
  /** ms from the scenario's start. */
  readonly atMs: number | null;
  /** The failed clause at the root of the chain, for a `not-reached`. */
  readonly blockedBy: ClauseId | null;
  readonly remark: string | null;
  readonly mark: Mark | null;
  /** It failed because the subject's process ended before the answer that it needs. */
  readonly problem: Problem | null;
}
