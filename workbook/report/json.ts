/** A run as the object that `--json` prints. Other programs read it, so its form (format 1) is fixed. */
import type { ClauseId, Level, Verdict } from "../contract/model/clause.ts";
import type { HeaderPair, ProblemKind, Recording, Side } from "../contract/model/recording.ts";
import type { Printed, Run, Subject } from "../contract/model/run.ts";

export interface JsonExchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  /** Null if no response came. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
}

export interface JsonVerdict {
  readonly clause: ClauseId;
  readonly side: Side;
  readonly level: Level;
  readonly verdict: Verdict["verdict"];
  readonly expected: string | null;
  readonly seen: string | null;
  /** ms from the scenario's start. */
  readonly atMs: number | null;
  readonly blockedBy: ClauseId | null;
  readonly remark: string | null;
  readonly exchange: JsonExchange | null;
}

export interface JsonRun {
  readonly format: 1;
  readonly exercise: string;
  readonly passed: boolean;
  readonly seed: number;
  readonly subject: Subject;
  readonly verdicts: readonly JsonVerdict[];
  readonly output: readonly Printed[];
  readonly problem: {
    readonly kind: ProblemKind;
    readonly message: string;
    readonly file: string | null;
    readonly line: number | null;
  } | null;
  /** Real ms, whole. */
  readonly elapsedMs: number;
  /** ms on the scenarios' own clocks, whole. */
  readonly virtualMs: number;
}

export interface JsonRuns {
  readonly format: 1;
  readonly passed: boolean;
  readonly runs: readonly JsonRun[];
}

/**
 * The object for one run; its fields have the order of the documentation.
 * @param subject with paths as the caller typed them
 */
export function toJson(run: Run, subject: Subject): JsonRun {
  const { problem } = run;
  return {
    format: 1,
    exercise: run.exercise,
    passed: run.passed,
    seed: run.seed,
    subject,
    verdicts: run.verdicts.map((verdict) => toVerdict(verdict, run.recordings)),
    output: run.output.map(({ from, atMs, scenario, text }) => ({ from, atMs, scenario, text })),
    problem: problem && { kind: problem.kind, message: problem.message, file: problem.file, line: problem.line },
    elapsedMs: Math.round(run.elapsedMs),
    virtualMs: Math.round(run.virtualMs),
  };
}

/** The object that `grade all` prints. @param passed also false if an exercise isn't started, and so has no run */
export function toJsonAll(runs: readonly JsonRun[], passed: boolean): JsonRuns {
  return { format: 1, passed, runs };
}

function toVerdict(verdict: Verdict, recordings: readonly Recording[]): JsonVerdict {
  return {
    clause: verdict.clause,
    side: verdict.side,
    level: verdict.level,
    verdict: verdict.verdict,
    expected: verdict.expected,
    seen: verdict.seen,
    atMs: verdict.atMs,
    blockedBy: verdict.blockedBy,
    remark: verdict.remark,
    exchange: exchangeOf(verdict, recordings),
  };
}

/** The exchange that a verdict points at; null if it points at none. */
function exchangeOf({ mark }: Verdict, recordings: readonly Recording[]): JsonExchange | null {
  if (!mark || mark.event === null) return null;
  const event = recordings.find((each) => each.scenario === mark.scenario)?.events[mark.event];
  if (event?.is !== "exchange") return null;
  const { request, response } = event.exchange;
  return {
    request: { method: request.method, url: request.url, headers: joinedHeaders(request.headers), body: request.body },
    response: response && { status: response.status, headers: joinedHeaders(response.headers), body: response.body },
  };
}

/** Names in lower case; the values of one name joined by ", " (RFC 9110, section 5.3). */
function joinedHeaders(pairs: readonly HeaderPair[]): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}
