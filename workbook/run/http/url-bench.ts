/** What a server scenario acts through when the server is at a URL. */
import type { Ask, ServerBench } from "../../contract/model/bench.ts";
import type { Event, Exchange, Problem, Recording } from "../../contract/model/recording.ts";
import type { Later, ServerScenario } from "../../contract/model/scenario.ts";
import type { World } from "../../contract/model/world.ts";
import { seeded } from "../seed.ts";
import { exchange } from "./exchange.ts";
import { isReachable } from "./reachable.ts";
import { noteExchange, type ServerState } from "./server-state.ts";

/** How long a server that is just being started may take to listen, ms. */
const startMs = 1_500;

/** One scenario while it is played. */
export interface UrlBench {
  readonly bench: ServerBench;
  /** Resolves with what the scenario returns; or with nothing, when the server's process ends or the play is aborted. */
  finished(playing: Promise<void | Later>): Promise<void | Later>;
  /** The server's process ended without any request noticing. */
  addEnd(problem: Problem): void;
  /** All that was recorded so far. */
  recording(): Recording;
}

export function urlBench(scenario: ServerScenario, world: World, state: ServerState): UrlBench {
  const { subject, signal, answerMs } = state;
  const start = performance.now();
  const now = () => Math.round(performance.now() - start);
  const events: Event[] = [];
  let isStopped = false;
  let leave: () => void = () => undefined;
  const leaving = new Promise<void>((resolve) => (leave = resolve));
  const never = new Promise<never>(() => undefined);
  const unavailable = (what: string) => Promise.reject(new Error(`${scenario.name} cannot ${what} at a URL.`));
  const isOver = () => isStopped || signal?.aborted === true;

  /** From here on no call of the bench returns, and what is still going on is not recorded. */
  function stop(): Promise<never> {
    isStopped = true;
    leave();
    return never;
  }

  async function wait(ms: number): Promise<void> {
    if (isOver()) return stop();
    await sleep(Math.max(0, ms), signal);
    if (isOver()) return stop();
  }

  async function send(given: Ask): Promise<Exchange> {
    if (isOver()) return stop();
    const ask = { ...given, url: new URL(given.url, world.origin).href };
    const options = { now, answerMs, ...(signal && { signal }) };
    let sent = await exchange(ask, subject, options);
    if (state.answered === 0 && sent.failure?.kind === "refused" && (await isReachable(subject, startMs))) {
      sent = await exchange(ask, subject, options);
    }
    if (isOver()) return stop();
    if (new URL(ask.url).origin !== subject.origin) return record(sent);
    const problem = await noteExchange(sent, state);
    if (isStopped || state.problem) return stop();
    if (!problem) return record(sent);
    record({ ...sent, response: null, failure: { kind: "ended", message: problem.message } });
    addEnd(problem);
    return stop();
  }

  function record(sent: Exchange): Exchange {
    events.push({ is: "exchange", exchange: sent });
    return sent;
  }

  function addEnd(problem: Problem): void {
    events.push({ is: "ended", atMs: now(), problem });
  }

  return {
    addEnd,
    finished: (playing) => Promise.race([playing, leaving]),
    recording: () => ({ scenario: scenario.name, side: "server", clock: "real", events: [...events], lastedMs: now() }),
    bench: {
      world,
      now,
      wait,
      until: (atMs) => wait(atMs - now()),
      random: seeded(world.seed, scenario.name),
      send,
      probe: () => unavailable("look into the process"),
      repeat: () => unavailable("fill a store"),
      pause: () => unavailable("measure pauses"),
    },
  };
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
