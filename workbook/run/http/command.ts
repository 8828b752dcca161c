/**
 * Plays client scenarios against a program in any language: each with a process and a scripted server of its own, all side
 * by side, on the real clock.
 */
import type { ClientBench } from "../../contract/model/bench.ts";
import type { Event, Recording } from "../../contract/model/recording.ts";
import type { ClientScenario } from "../../contract/model/scenario.ts";
import type { ClientCall } from "../../contract/model/script.ts";
import type { World } from "../../contract/model/world.ts";
import { seeded } from "../seed.ts";
import { isNotFound, startProgram, type Program } from "./program.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { errorFromStderr } from "./stderr-error.ts";

export interface CommandPlay {
  readonly scenarios: readonly ClientScenario[];
  /** As typed; `{url}` is replaced by the scripted server's origin. */
  readonly command: string;
  readonly world: World;
  readonly signal?: AbortSignal;
  /** False if no clause can be decided by this scenario any more; then it is stopped. Asked after each recording. */
  readonly isNeeded: (name: string) => boolean;
  readonly onRecording?: (recording: Recording) => void;
}

export interface CommandResult {
  readonly recordings: ReadonlyMap<string, Recording>;
  /** What the shell said if it found no such command; null if it found one. */
  readonly notFound: string | null;
}

/** How long a program that has printed its result may take to end, ms (client.quiet). */
const endMs = 2_000;
/** How long to watch for requests after the end, ms (client.stops). */
const watchMs = 3_000;
/** When a scenario ends that sets no limit for the real clock, ms. */
const defaultLimitMs = 60_000;
/** A scenario ends after so long without a request, ms: no clause allows a wait as long as this. */
const idleMs = 62_000;
/** Between the starts of two programs, ms: twenty at once would all be slow. */
const startGapMs = 40;

/** Plays all scenarios at once. */
export async function playCommand(play: CommandPlay): Promise<CommandResult> {
  const recordings = new Map<string, Recording>();
  const stops = new Map(play.scenarios.map(({ name }) => [name, new AbortController()] as const));
  const stopAll = () => stops.forEach((stop) => stop.abort());
  play.signal?.addEventListener("abort", stopAll, { once: true });
  let notFound: string | null = null;
  const onNotFound = (words: string) => {
    notFound ??= words;
    stopAll();
  };
  try {
    await Promise.all(
      play.scenarios.map(async (scenario, index) => {
        await pause(index * startGapMs);
        const stop = stops.get(scenario.name)?.signal;
        if (!stop || stop.aborted) return;
        const recording = await playOne(scenario, play, stop, onNotFound);
        stops.delete(scenario.name);
        if (stop.aborted) return;
        recordings.set(scenario.name, recording);
        play.onRecording?.(recording);
        for (const [name, other] of stops) if (!play.isNeeded(name)) other.abort();
      }),
    );
  } finally {
    play.signal?.removeEventListener("abort", stopAll);
  }
  return { recordings, notFound };
}

async function playOne(
  scenario: ClientScenario,
  play: CommandPlay,
  stop: AbortSignal,
  onNotFound: (words: string) => void,
): Promise<Recording> {
  const events: Event[] = [];
  const start = performance.now();
  const now = () => Math.round(performance.now() - start);
  const bench: ClientBench = {
    world: play.world,
    now,
    wait: pause,
    until: (atMs) => pause(atMs - now()),
    random: seeded(play.world.seed, scenario.name),
    run: (call) => runProgram(call, { command: play.command, now, events, stop, onNotFound }),
  };
  await scenario.play(bench);
  const lastedMs = now();
  return { scenario: scenario.name, side: "client", clock: "real", events: inOrder(events), lastedMs };
}

/** By time; events of the same ms keep their order. */
function inOrder(events: readonly Event[]): Event[] {
  const timeOf = (event: Event) => (event.is === "exchange" ? event.exchange.sentMs : event.atMs);
  return [...events].sort((a, b) => timeOf(a) - timeOf(b));
}

interface ProgramRun {
  readonly command: string;
  /** ms since the scenario's start. */
  readonly now: () => number;
  readonly events: Event[];
  /** Ends the run; what was recorded is not used. */
  readonly stop: AbortSignal;
  readonly onNotFound: (words: string) => void;
}

/** Runs the program once against one script. */
async function runProgram(call: ClientCall, { command, now, events, stop, onNotFound }: ProgramRun): Promise<void> {
  const over = new AbortController();
  const idle = setTimeout(() => over.abort("time"), idleMs);
  const server = await startScriptedServer({
    script: call.script,
    now,
    events,
    onRequest: (isLast) => {
      idle.refresh();
      if (isLast) over.abort("requests");
    },
  });
  const program = startProgram({
    command: command.replaceAll("{url}", server.origin),
    env: { BASE_URL: server.origin, PARAMS: JSON.stringify(call.params), ...unbuffered, ...withoutProxy(process.env) },
    onText: (text) => events.push({ is: "printed", atMs: now(), from: "client", text }),
  });
  const limit = setTimeout(() => over.abort("time"), call.realLimitMs ?? defaultLimitMs);
  try {
    await Promise.race([program.ended, program.reported, aborted(over.signal), aborted(stop)]);
    if (stop.aborted) return;
    if (over.signal.aborted) {
      events.push({ is: "stopped", atMs: now(), why: over.signal.reason === "requests" ? "requests" : "time" });
      return;
    }
    const atMs = now();
    await Promise.race([program.ended, pause(endMs), aborted(stop)]);
    if (isNotFound(program) && !events.some((event) => event.is === "exchange")) onNotFound(program.stderr.trim());
    settle(program, atMs, events);
    events.push({ is: "probe", atMs: now(), name: "timers", value: program.code === null ? 1 : 0 });
    if (call.watchMs) await Promise.race([pause(watchMs), aborted(stop)]);
  } finally {
    clearTimeout(limit);
    clearTimeout(idle);
    server.leave(); // From here on it is the grader that breaks connections.
    await program.kill();
    server.close();
  }
}

/** An exit code other than 0 is an error, also after a result. */
function settle({ code, json, stderr }: Program, atMs: number, events: Event[]): void {
  if (code !== null && code !== 0) {
    events.push({ is: "rejected", atMs, error: errorFromStderr(stderr, code) });
  } else if (json === null) {
    events.push({ is: "resolved", atMs, type: "undefined", json: null });
  } else {
    const value: unknown = JSON.parse(json);
    events.push({ is: "resolved", atMs, type: value === null ? "null" : typeof value, json });
  }
}

/** Python holds back what it prints to a pipe until it ends, and the result has to be seen when it is printed. */
const unbuffered = { PYTHONUNBUFFERED: "1" };

/** A proxy that is set for this machine must not be used for the scripted server on it. */
function withoutProxy(env: NodeJS.ProcessEnv): Record<string, string> {
  const hosts = [env["NO_PROXY"] ?? env["no_proxy"], "127.0.0.1", "localhost"].filter(Boolean).join(",");
  return { NO_PROXY: hosts, no_proxy: hosts };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
