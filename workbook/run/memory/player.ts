/** Plays one scenario after the other on a child, and goes on with the next child where one cannot. */
import path from "node:path";
import type { Event, Problem, Recording } from "../../contract/model/recording.ts";
import type { Scenario } from "../../contract/model/scenario.ts";
import type { Child, Ending, Traced } from "./child.ts";
import { trace, withPlace } from "./second-pass.ts";
import { unbundled, type Sides } from "./locate.ts";
import { orderOf, type PlayerOptions } from "./play-request.ts";
import { end, giveBack, takeChild } from "./pool.ts";
import { toProblem } from "./problem.ts";
import type { RawProblem } from "./protocol.ts";

export interface Player {
  /** @throws Error only for a fault of the workbook, never for what a learner's code does. @param id the order's number, the same in each run */
  play(scenario: Scenario, id: number): Promise<Recording>;
  /** The recording of a scenario that is not played, because of a problem that would end it too. */
  skip(scenario: Scenario, problem: Problem): Recording;
  /** How many children could not go on after a scenario. */
  losses(): number;
  /** Sentences about what changes no verdict, but a reader should know, each once. */
  notices(): readonly string[];
  /** Gives the child back, or ends it. */
  finish(): void;
}

/** What a heavy scenario may take, real ms. */
const heavyMs = 120_000;
/** A child tells itself when time is over; so much later the parent does it for it, real ms. */
const graceMs = 1_000;
/** On a busy machine real time goes faster than the time that a child is given; the parent cannot tell, so it waits. */
const patience = 4;

/** Takes a child from the pool when the first scenario comes. */
export function newPlayer(options: PlayerOptions): Player {
  const { sides, world, limits } = options;
  let child: Child | undefined = options.child;
  const notices = new Set<string>();
  /** One second look for each message: it costs as much as the scenario. */
  const looked = new Map<string, readonly Traced[]>();
  let left = limits.realMs;
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
    const waits = await current.ready();
    if (waits !== "ok") notices.add(waits);
    const realMs = scenario.heavy ? heavyMs : left;
    const order = orderOf(scenario, id, realMs, options);
    const events: Event[] = [];
    const startedAt = performance.now();
    const silenceMs = limits.loopMs === 0 ? Infinity : patience * realMs + graceMs;
    const name = path.basename(sides[scenario.side]?.bundle.file ?? scenario.side);
    const onNotice = (text: string) => notices.add(`${name} ${text}.`);
    const hear = (event: Event) => events.push(readable(event, sides));
    const ending = await current.play(order, silenceMs, hear, { onNotice });
    if (!scenario.heavy) left -= ending.is === "done" ? ending.spentMs : performance.now() - startedAt;
    if (ending.is !== "done" || !ending.clean || scenario.heavy) drop();
    if (ending.is === "done" && isFault(ending)) throw new Error(`The scenario ${scenario.name} failed. ${ending.why}`);
    if (ending.is === "done") return { ...about(scenario), events, lastedMs: ending.lastedMs };
    const atMs = ending.is === "problem" ? ending.atMs : lastTime(events);
    const raw = ending.is === "problem" ? ending.problem : rawProblem(ending, scenario, realMs);
    let problem = toProblem(raw, { side: scenario.side, sides, limits });
    if (problem.kind === "throw" && problem.line === null && limits.loopMs > 0 && !options.signal?.aborted) {
      const found = looked.get(problem.message) ?? (await trace(scenario, id, options));
      looked.set(problem.message, found);
      problem = withPlace(problem, found, sides);
    }
    return ended(scenario, events, atMs, problem);
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
      if (left > 0) return play(scenario, id);
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

/** The scenario itself failed (a stack), or is none that the child knows: faults of the workbook. */
function isFault({ clean, why }: Extract<Ending, { is: "done" }>): boolean {
  return (clean && why !== "") || /\n\s+at /.test(why);
}

/** A process that ended, or had to be ended, without a word on why. */
function rawProblem(ending: Extract<Ending, { is: "gone" | "late" }>, scenario: Scenario, realMs: number): RawProblem {
  if (ending.is === "late") {
    const message = `it was not done with "${scenario.about}" after ${Math.round(realMs / 100) / 10} s of real time.`;
    return { kind: "clock", message, frames: [] };
  }
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
