/** The bench that a scenario acts through, for a module in this process on the virtual clock. */
import type { Later, Scenario } from "../../../contract/model/scenario.ts";
import type { Bench, ClientBench, ServerBench } from "../../../contract/model/bench.ts";
import type { Order } from "../protocol.ts";
import { runClient, type RunReport } from "./client.ts";
import { machine } from "./machine.ts";
import type { Exports } from "./modules.ts";
import type { Play } from "./play.ts";
import { repeat, send, type FetchApp } from "./server.ts";

/** What a scenario may be played on. */
export interface Subject {
  readonly exports: Exports;
  readonly app: FetchApp | null;
  readonly runReport: RunReport | null;
}

export interface BenchOptions {
  readonly play: Play;
  readonly order: Order;
  readonly scenario: Scenario;
  readonly subject: Subject;
  /** Called where it is counted what keeps the process alive, and something does. */
  onHeld(): void;
}

/** Plays a scenario on the bench of its side. @returns what is left to be done at the end, if anything */
export async function playOnBench(options: BenchOptions): Promise<void | Later> {
  const { scenario } = options;
  if (scenario.side === "client") return scenario.play(clientBench(options));
  return scenario.play(serverBench(options));
}

function benchOf({ play, order, scenario }: BenchOptions): Bench {
  const { clock, random } = machine;
  const { world } = order;
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
  const { play, order, subject, onHeld } = options;
  const { world } = order;
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

/** What keeps a server's process alive, but for a port that it listens on: that is its trade. */
function held(): number {
  const { clock, net } = machine;
  return clock.refdTimers() + clock.refdPorts() + clock.refdWorkers() + net.refdSockets();
}

function size(jobs: unknown): number | null {
  if ((typeof jobs !== "object" && typeof jobs !== "function") || jobs === null || !("size" in jobs)) return null;
  return typeof jobs.size === "number" ? jobs.size : null;
}

/** Measures turns of the event loop in real ms, less what the loop spent waiting for the system. */
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

/** The same port for the same scenario, in whichever child it is played: ports show in what is recorded. */
function firstPort(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return 20_000 + (hash % 15_000);
}

function needed<T>(part: T | null, side: string): T {
  if (part === null) throw new Error(`This scenario needs a ${side}.`);
  return part;
}
