/** Plays one scenario after the other on a child, and takes another child when one cannot go on. */
import path from "node:path";
import type { Event, Problem, Recording } from "../../contract/model/recording.ts";
import type { Scenario } from "../../contract/model/scenario.ts";
import type { Sides } from "./bundle.ts";
import type { Child, PlayEnd } from "./child.ts";
import { unbundled } from "./locate.ts";
import { newPlayRequest, type PlayerOptions } from "./play-request.ts";
import { end, giveBack, takeChild } from "./pool.ts";
import { toProblem, unknownNode } from "./problem.ts";
import type { RawProblem, TracedMessage } from "./protocol.ts";
import { framesOfThrow, trace } from "./trace-place.ts";

export interface Player {
  /**
   * @param id the request's number, the same in each run
   * @throws Error only for a fault of the workbook, never for what a learner's code does
   */
  play(scenario: Scenario, id: number): Promise<Recording>;
  /** The recording of a scenario that is not played, because the same problem would end it too. */
  skip(scenario: Scenario, problem: Problem): Recording;
  /** How many children could not go on after a scenario. */
  losses(): number;
  /** Sentences that change no verdict but that the reader should know, each once. */
  notices(): readonly string[];
  /** Gives the child back, or ends it. */
  finish(): void;
}

/** What a heavy scenario may take, real ms. */
const heavyMs = 120_000;
/** A child reports by itself when its time is over. The parent ends it this much later, real ms. */
const graceMs = 1_000;
/** A child counts only the time that it gets a core for. The parent cannot see that on a busy machine, so it waits longer. */
const busyFactor = 4;

/** Takes a child from the pool when the first scenario comes. */
export function newPlayer(options: PlayerOptions): Player {
  const { sides, world, limits } = options;
  let child: Child | undefined = options.child;
  const notices = new Set<string>();
  /** One second pass per message: it takes as long as the scenario. */
  const traces = new Map<string, readonly TracedMessage[]>();
  let leftMs = limits.realMs;
  let losses = 0;
  const stop = () => drop();
  options.signal?.addEventListener("abort", stop, { once: true });

  function drop(): void {
    losses += 1;
    end(child);
    child = undefined;
  }

  async function play(scenario: Scenario, id: number): Promise<Recording> {
    if (scenario.heavy) drop();
    const current = (child ??= await takeChild(scenario.heavy ? "heavy" : "usual"));
    const clockFault = await current.ready();
    if (clockFault !== null) {
      drop();
      return ended(scenario, [], 0, unknownNode(clockFault));
    }
    const realMs = scenario.heavy ? heavyMs : leftMs;
    const request = newPlayRequest(scenario, id, realMs, options);
    const events: Event[] = [];
    const startedAt = performance.now();
    const limitMs = limits.loopMs === 0 ? Infinity : busyFactor * realMs + graceMs;
    const name = path.basename(sides[scenario.side]?.bundle.file ?? scenario.side);
    const ending = await current.play(request, limitMs, {
      onEvent: (event) => events.push(readable(event, sides)),
      onNotice: (text) => notices.add(`${name} ${text}.`),
    });
    if (!scenario.heavy) leftMs -= ending.is === "done" ? ending.spentMs : performance.now() - startedAt;
    if (ending.is !== "done" || ending.unclean !== null || scenario.heavy) drop();
    if (ending.is === "done") {
      if (ending.fault !== null) throw new Error(`The scenario ${scenario.name} failed. ${ending.fault}`);
      return { ...about(scenario), events, lastedMs: ending.lastedMs };
    }
    const atMs = ending.is === "problem" ? ending.atMs : lastTime(events);
    const raw = ending.is === "problem" ? ending.problem : rawProblem(ending, scenario, realMs);
    return ended(scenario, events, atMs, await placed(raw, scenario, id));
  }

  /** The problem with its place in the learner's file; a second pass looks for it where the thrown value has no stack. */
  async function placed(raw: RawProblem, scenario: Scenario, id: number): Promise<Problem> {
    const context = { side: scenario.side, sides, limits };
    const problem = toProblem(raw, context);
    const isPlaced = problem.kind !== "throw" || problem.line !== null;
    if (isPlaced || limits.loopMs === 0 || options.signal?.aborted) return problem;
    const found = traces.get(problem.message) ?? (await trace(scenario, id, options));
    traces.set(problem.message, found);
    return toProblem({ ...raw, frames: framesOfThrow(found, sides) }, context);
  }

  function about(scenario: Scenario) {
    return { scenario: scenario.name, side: scenario.side, clock: world.clock };
  }

  function ended(scenario: Scenario, events: readonly Event[], atMs: number, problem: Problem): Recording {
    return { ...about(scenario), events: [...events, { is: "ended", atMs, problem }], lastedMs: atMs };
  }

  function skipped(scenario: Scenario, problem: Problem): Recording {
    return { ...ended(scenario, [], 0, problem), skipped: true };
  }

  return {
    async play(scenario, id) {
      if (leftMs > 0) return play(scenario, id);
      const raw = rawProblem({ is: "late" }, scenario, limits.realMs);
      return skipped(scenario, toProblem(raw, { side: scenario.side, sides, limits }));
    },
    skip: skipped,
    losses: () => losses,
    notices: () => [...notices],
    finish() {
      options.signal?.removeEventListener("abort", stop);
      if (child) giveBack(child);
      child = undefined;
    },
  };
}

/** A process that ended, or had to be ended, without a message that says why. */
function rawProblem(ending: Extract<PlayEnd, { is: "gone" | "late" }>, scenario: Scenario, realMs: number): RawProblem {
  if (ending.is === "late") {
    const message = `it was not done with "${scenario.about}" after ${Math.round(realMs / 100) / 10} s of real time.`;
    return { kind: "clock", message, frames: [] };
  }
  // V8's own words: when the heap is full it prints them and aborts, so there is no code to read instead.
  if (/heap out of memory|Allocation failed/.test(ending.stderr)) return { kind: "memory", message: "", frames: [] };
  const how = ending.signal ? `by ${ending.signal}` : `with code ${ending.code}`;
  return { kind: "exit", message: `it ended ${how}`, frames: [] };
}

function readable(event: Event, sides: Sides): Event {
  return event.is === "printed" ? { ...event, text: unbundled(event.text, sides) } : event;
}

function lastTime(events: readonly Event[]): number {
  const last = events.at(-1);
  if (!last) return 0;
  return last.is === "exchange" ? (last.exchange.doneMs ?? last.exchange.sentMs) : last.atMs;
}
