/** What a running server's answers, and missing answers, say about its process: does it run, did it end, is it back? */
import { fieldOf, isObject, jsonOf } from "../../contract/http/json.ts";
import type { Exchange, Failure, Problem, Recording } from "../../contract/model/recording.ts";
import { exchange } from "./exchange.ts";
import { isReachable } from "./reachable.ts";
import { diedWords, unreachableWords } from "./unreachable.ts";

/** How long a server that a supervisor restarts may take to listen again, ms. */
const restartMs = 3_000;
/** After so many requests in a row without an answer in time the server counts as gone. */
const maxSilent = 3;

/** What is known of the server; shared by all scenarios. */
export interface ServerState {
  readonly subject: URL;
  /** ms for one whole answer. */
  readonly answerMs: number;
  readonly signal?: AbortSignal;
  /** Requests to the subject's own host that were answered. */
  answered: number;
  /** Requests in a row that were not answered in time. */
  silent: number;
  /** Set if not even the first request was answered. */
  problem: Problem | null;
  /** It went away for good. */
  isGone: boolean;
  /** How often its process ended. */
  deaths: number;
}

export function newServerState(options: Pick<ServerState, "subject" | "answerMs" | "signal">): ServerState {
  return { ...options, answered: 0, silent: 0, problem: null, isGone: false, deaths: 0 };
}

/**
 * Takes note of one exchange with the server.
 * @returns the problem if it ended the server's process, or shows that it did; else null
 */
export async function noteExchange({ response, failure }: Exchange, state: ServerState): Promise<Problem | null> {
  const { subject, answerMs } = state;
  state.silent = failure?.kind === "timeout" ? state.silent + 1 : 0;
  if (response || !failure) {
    state.answered += 1;
    return null;
  }
  if (state.answered === 0) {
    state.problem ??= unreachable(unreachableWords(subject, failure, answerMs));
    return null;
  }
  if (failure.kind === "timeout" && state.silent < maxSilent) return null;
  if (isBroken(failure) && (await isReachable(subject, 0))) return null;
  state.deaths += 1;
  state.isGone ||= failure.kind === "timeout" || !(await isReachable(subject, restartMs));
  return unreachable(diedWords(subject, failure, state.isGone));
}

/** A connection was made, but gave no usable answer. */
function isBroken({ kind }: Failure): boolean {
  return kind === "cut" || kind === "not-http" || kind === "tls";
}

/**
 * Looks for a completed job in the recordings that the server still knows. A supervisor may restart a server so quickly
 * that no request falls into the gap; such a job shows whether its memory is still there.
 * @returns the job's URL; null if there is none
 */
export async function findWitness(recordings: Iterable<Recording>, state: ServerState): Promise<string | null> {
  const events = [...recordings].flatMap((recording) => recording.events);
  const read = events.findLast((event) => event.is === "exchange" && isCompleted(event.exchange));
  const url = read?.is === "exchange" ? read.exchange.request.url : null;
  return url !== null && (await statusAt(url, state)) === 200 ? url : null;
}

/** @returns the problem if the server does not know the witness any more: its process has ended and is back */
export async function askWitness(witness: string, state: ServerState): Promise<Problem | null> {
  const status = await statusAt(witness, state);
  if (status !== 404 && status !== 410) return null;
  state.deaths += 1;
  const message = "a job that was done before is not known any more";
  return unreachable(diedWords(state.subject, { kind: "ended", message }, false));
}

function isCompleted({ request, response }: Exchange): boolean {
  const job = jsonOf(response?.body);
  return (
    request.method === "GET" && response?.status === 200 && isObject(job) && fieldOf(job, "status") === "completed"
  );
}

async function statusAt(url: string, { subject, answerMs, signal }: ServerState): Promise<number | null> {
  const options = { now: () => 0, answerMs, ...(signal && { signal }) };
  const { response } = await exchange({ label: "witness", method: "GET", url }, subject, options);
  return response?.status ?? null;
}

function unreachable(message: string): Problem {
  return { kind: "unreachable", side: "server", message, file: null, line: null, column: null };
}
