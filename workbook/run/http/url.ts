/** Server scenarios against a running server: real sockets, real clock, one scenario after the other. */
import { endOf } from "../../contract/model/end.ts";
import type { Event, Exchange, Failure, Problem, Recording } from "../../contract/model/recording.ts";
import type { Later, ServerScenario } from "../../contract/model/scenario.ts";
import type { Ask, ServerBench } from "../../contract/model/bench.ts";
import type { World } from "../../contract/model/world.ts";
import { seeded } from "../seed.ts";
import { answersWithin } from "./alive.ts";
import { exchange } from "./exchange.ts";
import { diedWords, unreachableWords } from "./unreachable.ts";

export interface UrlPlay {
  readonly scenarios: readonly ServerScenario[];
  readonly subject: URL;
  readonly world: World;
  /** ms for one whole answer. */
  readonly answerMs: number;
  readonly signal?: AbortSignal;
  /** False: no clause can be decided by this scenario any more, so it is not played. */
  readonly isNeeded: (name: string) => boolean;
  /** Called when a scenario begins. */
  readonly onScenario?: (name: string) => void;
  readonly onRecording?: (recording: Recording) => void;
}

export interface UrlResult {
  readonly recordings: ReadonlyMap<string, Recording>;
  /** Set if not even the first request was answered. */
  readonly problem: Problem | null;
  /** The server went away for good, and these scenarios could not be played any more. */
  readonly unplayed: readonly string[];
}

/** A server that is just being started has so long to listen, ms. */
const startMs = 1_500;
/** A server that a supervisor starts again has so long, ms. */
const restartMs = 3_000;
/** So many requests in a row without any answer in time, and the server counts as gone. */
const patience = 3;

/** What all scenarios share. */
interface Session {
  readonly play: UrlPlay;
  /** Requests that were sent to the subject's own host and answered. */
  answered: number;
  /** Requests in a row that were not answered in time. */
  silent: number;
  problem: Problem | null;
  gone: boolean;
  /** How often the server's process ended. */
  deaths: number;
}

/** Plays the scenarios in turn, and then what each has to read at the very end. */
export async function playUrl(play: UrlPlay): Promise<UrlResult> {
  const session: Session = { play, answered: 0, silent: 0, problem: null, gone: false, deaths: 0 };
  const recordings = new Map<string, Recording>();
  const unplayed: string[] = [];
  const endings: { readonly deaths: number; readonly end: () => Promise<void> }[] = [];
  for (const scenario of play.scenarios) {
    if (session.problem || play.signal?.aborted) break;
    if (!play.isNeeded(scenario.name)) continue;
    if (session.gone) {
      unplayed.push(scenario.name);
      continue;
    }
    play.onScenario?.(scenario.name);
    const witness = scenario.mayEnd ? await witnessIn(recordings, session) : null;
    const stage = stageOf(scenario, session);
    const record = () => {
      recordings.set(scenario.name, stage.recording());
      play.onRecording?.(stage.recording());
    };
    const later = await stage.until(scenario.play(stage.bench));
    if (session.problem) break;
    if (witness) await notice(witness, stage, session);
    record();
    if (later) endings.push({ deaths: session.deaths, end: () => stage.until(later()).then(record) });
  }
  for (const { deaths, end } of endings) {
    // A process that has ended since then may have forgotten its jobs with good reason.
    if (deaths === session.deaths && !session.problem && !play.signal?.aborted) await end();
  }
  return { recordings, problem: session.problem, unplayed };
}

interface Stage {
  readonly bench: ServerBench;
  /** The server's process ended unseen, and was started again. */
  end(problem: Problem): void;
  /** Resolves when the scenario has come to its end, or is left. */
  until(playing: Promise<void | Later>): Promise<void | Later>;
  recording(): Recording;
}

function stageOf(scenario: ServerScenario, session: Session): Stage {
  const { play } = session;
  const { subject, signal, world } = play;
  const start = performance.now();
  const now = () => Math.round(performance.now() - start);
  const events: Event[] = [];
  let left = false;
  let leave: () => void = () => undefined;
  const leaving = new Promise<void>((resolve) => (leave = resolve));
  const never = new Promise<never>(() => undefined);
  const notHere = (what: string) => Promise.reject(new Error(`${scenario.name} cannot ${what} at a URL.`));

  /** No call of the bench returns any more; what is under way is not recorded. */
  function stop(): Promise<never> {
    left = true;
    leave();
    return never;
  }

  async function wait(ms: number): Promise<void> {
    if (left || signal?.aborted) return stop();
    await sleep(Math.max(0, ms), signal);
    if (left || signal?.aborted) return stop();
  }

  async function send(given: Ask): Promise<Exchange> {
    if (left || signal?.aborted) return stop();
    const ask = { ...given, url: new URL(given.url, world.origin).href };
    const isOwn = new URL(ask.url).origin === subject.origin;
    const options = { now, answerMs: play.answerMs, ...(signal && { signal }) };
    let made = await exchange(ask, subject, options);
    if (session.answered === 0 && made.failure?.kind === "refused" && (await answersWithin(subject, startMs))) {
      made = await exchange(ask, subject, options);
    }
    if (left || signal?.aborted) return stop();
    if (!isOwn) return record(made);
    const end = await problemAfter(made, session);
    if (left || session.problem) return stop();
    if (!end) return record(made);
    record({ ...made, response: null, failure: { kind: "ended", message: end.message } });
    events.push({ is: "ended", atMs: now(), problem: end });
    return stop();
  }

  function record(made: Exchange): Exchange {
    events.push({ is: "exchange", exchange: made });
    return made;
  }

  return {
    end: (problem) => void events.push({ is: "ended", atMs: now(), problem }),
    until: (playing) => Promise.race([playing, leaving]),
    recording: () => ({ scenario: scenario.name, side: "server", clock: "real", events: [...events], lastedMs: now() }),
    bench: {
      world,
      now,
      wait,
      until: (atMs) => wait(atMs - now()),
      random: seeded(world.seed, scenario.name),
      send,
      probe: () => notHere("look into the process"),
      repeat: () => notHere("fill a store"),
      pause: () => notHere("measure pauses"),
    },
  };
}

/**
 * A job that was read as completed before, and still is. A supervisor may start a server again so quickly that no request
 * falls into the gap; then its memory tells.
 */
async function witnessIn(recordings: ReadonlyMap<string, Recording>, session: Session): Promise<string | null> {
  const events = [...recordings.values()].flatMap((recording) => recording.events);
  const read = events.findLast((event) => event.is === "exchange" && isCompleted(event.exchange));
  const url = read?.is === "exchange" ? read.exchange.request.url : null;
  return url !== null && (await statusAt(url, session)) === 200 ? url : null;
}

function isCompleted({ request, response }: Exchange): boolean {
  return request.method === "GET" && response?.status === 200 && /"status"\s*:\s*"completed"/.test(response.body);
}

/** Says that the server's process has ended if it does not know the witness any more. */
async function notice(witness: string, stage: Stage, session: Session): Promise<void> {
  if (endOf(stage.recording())) return;
  const status = await statusAt(witness, session);
  if (status !== 404 && status !== 410) return;
  session.deaths += 1;
  const message = "a job that was done before is not known any more";
  stage.end(problemOf(diedWords(session.play.subject, { kind: "ended", message }, false)));
}

async function statusAt(url: string, { play }: Session): Promise<number | null> {
  const options = { now: () => 0, answerMs: play.answerMs, ...(play.signal && { signal: play.signal }) };
  const { response } = await exchange({ label: "witness", method: "GET", url }, play.subject, options);
  return response?.status ?? null;
}

/** What an exchange without an answer tells of the server: null, or why it can be asked no more. */
async function problemAfter({ response, failure }: Exchange, session: Session): Promise<Problem | null> {
  const { subject, answerMs } = session.play;
  session.silent = failure?.kind === "timeout" ? session.silent + 1 : 0;
  if (response || !failure) {
    session.answered += 1;
    return null;
  }
  if (session.answered === 0) {
    session.problem ??= problemOf(unreachableWords(subject, failure, answerMs));
    return null;
  }
  if (failure.kind === "timeout" && session.silent < patience) return null;
  if (isBroken(failure) && (await answersWithin(subject, 0))) return null;
  session.deaths += 1;
  session.gone ||= failure.kind === "timeout" || !(await answersWithin(subject, restartMs));
  return problemOf(diedWords(subject, failure, session.gone));
}

/** A connection was made, and gave no usable answer. */
function isBroken({ kind }: Failure): boolean {
  return kind === "cut" || kind === "not-http" || kind === "tls";
}

function problemOf(message: string): Problem {
  return { kind: "unreachable", side: "server", message, file: null, line: null, column: null };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    }
    signal?.addEventListener("abort", end, { once: true });
  });
}
