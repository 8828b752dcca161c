/** The bench for a module in this process, on the virtual clock. */
import type { Bench, ClientBench, ServerBench } from "../../../contract/model/bench.ts";
import type { Later, Scenario } from "../../../contract/model/scenario.ts";
import type { PlayRequest } from "../protocol.ts";
import { runClient, type RunReport } from "./client.ts";
import { machine } from "./machine.ts";
import type { Exports } from "./modules.ts";
import type { Play } from "./play.ts";
import { repeat, send, type FetchApp } from "./server.ts";

/** The exports of a learner's module that a scenario uses. */
export interface Subject {
  readonly exports: Exports;
  readonly app: FetchApp | null;
  readonly runReport: RunReport | null;
}

export interface BenchOptions {
  readonly play: Play;
  readonly request: PlayRequest;
  readonly scenario: Scenario;
  readonly subject: Subject;
  /** Called when a count finds something that keeps the process alive. */
  onHeld(): void;
}

/** Plays a scenario on the bench of its side. @returns what is left to do at the end, if anything */
export async function playOnBench(options: BenchOptions): Promise<void | Later> {
  const { scenario } = options;
  if (scenario.side === "client") return scenario.play(clientBench(options));
  return scenario.play(serverBench(options));
}

function benchOf({ play, request, scenario }: BenchOptions): Bench {
  const { clock, random } = machine;
  const { world } = request;
  const until = (atMs: number) =>
    atMs <= play.now() ? Promise.resolve() : new Promise<void>((resolve) => clock.alarm(atMs, resolve));
  return {
    world,
    now: () => play.now(),
    wait: (ms) => until(play.now() + ms),
    until,
    random: random.fractions(`bench ${world.seed} ${scenario.name}`),
  };
}

function clientBench(options: BenchOptions): ClientBench {
  const { play, scenario, subject, onHeld } = options;
  let port = firstPort(scenario.name);
  return {
    ...benchOf(options),
    run: (call) => runClient({ play, runReport: needed(subject.runReport, "client"), call, port: port++, onHeld }),
  };
}

function serverBench(options: BenchOptions): ServerBench {
  const { play, request, subject, onHeld } = options;
  const { world } = request;
  const bench = benchOf(options);
  return {
    ...bench,
    send: (ask) => send(play, needed(subject.app, "server"), world.origin, ask),
    repeat: (ask, times) => repeat(needed(subject.app, "server"), world.origin, ask, times),
    async probe(name) {
      const value = name === "timers" ? held() : size(subject.exports.jobs);
      if (name === "timers" && value) onHeld();
      play.emit({ is: "probe", atMs: play.now(), name, value });
    },
    async pause(ms) {
      const longest = longestTurn();
      await bench.wait(ms);
      play.emit({ is: "probe", atMs: play.now(), name: "pause", value: longest() });
    },
  };
}

/** How many things keep a server's process alive. A port that it listens on doesn't count: that is its job. */
function held(): number {
  const { clock, net } = machine;
  return clock.refdTimers() + clock.refdPorts() + clock.refdWorkers() + net.refdSockets();
}

function size(jobs: unknown): number | null {
  if ((typeof jobs !== "object" && typeof jobs !== "function") || jobs === null || !("size" in jobs)) return null;
  return typeof jobs.size === "number" ? jobs.size : null;
}

/** Measures turns of the event loop in real ms, without the time in which the loop waits for the system. */
function longestTurn(): () => number {
  const { clock } = machine;
  let longest = 0;
  let before = clock.realNow();
  let idle = performance.nodeTiming.idleTime;
  clock.onTurn(() => {
    const now = clock.realNow();
    const idleNow = performance.nodeTiming.idleTime;
    longest = Math.max(longest, now - before - (idleNow - idle));
    before = now;
    idle = idleNow;
  });
  return () => {
    clock.onTurn(null);
    return longest;
  };
}

/** The same port for the same scenario in every child, because ports show in recordings. */
function firstPort(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return 20_000 + (hash % 15_000);
}

function needed<T>(part: T | null, side: string): T {
  if (part === null) throw new Error(`This scenario needs a ${side}.`);
  return part;
}
