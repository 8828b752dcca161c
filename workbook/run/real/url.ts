/** Server scenarios against a running server: real sockets, real clock, one scenario after the other. */
import type { Ask, Bench, Event, Exchange, Later, Recording, Scenario, World } from "../../contract/types.ts";
import { seeded } from "../seed.ts";
import { exchange } from "./exchange.ts";

export interface UrlPlay {
  readonly scenarios: readonly Scenario[];
  readonly subject: URL;
  readonly world: World;
  /** ms for one whole answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called when a scenario begins. */
  readonly onScenario?: (name: string) => void;
  readonly onRecording?: (recording: Recording) => void;
}

/** Thrown inside a scenario to leave it; never seen outside of this file. */
class Left extends Error {}

/** Plays the scenarios in turn, and then what each has to read at the very end. */
export async function playUrl(play: UrlPlay): Promise<Map<string, Recording>> {
  const recordings = new Map<string, Recording>();
  const endings: (() => Promise<void>)[] = [];
  for (const scenario of play.scenarios) {
    if (play.signal?.aborted) break;
    play.onScenario?.(scenario.name);
    const events: Event[] = [];
    const bench = urlBench(scenario, play, events);
    const record = () => {
      const { name } = scenario;
      const recording: Recording = { scenario: name, side: "server", clock: "real", events: [...events], lastedMs: bench.now() };
      recordings.set(name, recording);
      play.onRecording?.(recording);
    };
    const later = await leave(scenario.play(bench));
    record();
    if (later) endings.push(() => leave(later()).then(record));
  }
  for (const ending of endings) if (!play.signal?.aborted) await ending();
  return recordings;
}

async function leave(playing: Promise<void | Later>): Promise<void | Later> {
  try {
    return await playing;
  } catch (error) {
    if (!(error instanceof Left)) throw error;
  }
}

function urlBench(scenario: Scenario, play: UrlPlay, events: Event[]): Bench {
  const start = performance.now();
  const random = seeded(play.world.seed, scenario.name);
  const now = () => Math.round(performance.now() - start);
  const notHere = (what: string) => Promise.reject(new Error(`${scenario.name} cannot ${what} at a URL.`));

  async function wait(ms: number): Promise<void> {
    if (play.signal?.aborted) throw new Left();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(end, Math.max(0, ms));
      function end() {
        clearTimeout(timer);
        play.signal?.removeEventListener("abort", end);
        resolve();
      }
      play.signal?.addEventListener("abort", end, { once: true });
    });
    if (play.signal?.aborted) throw new Left();
  }

  async function send(ask: Ask): Promise<Exchange> {
    const made = await exchange(ask, play.subject, { now, timeoutMs: play.timeoutMs, ...(play.signal && { signal: play.signal }) });
    events.push({ is: "exchange", exchange: made });
    return made;
  }

  return {
    world: play.world,
    now,
    wait,
    until: (atMs) => wait(atMs - now()),
    random,
    send,
    run: () => notHere("call a client"),
    probe: () => notHere("look into the process"),
    pause: () => notHere("measure pauses"),
  };
}
