/** Plays scenarios on two children side by side, and finds out whether each side can be graded at all. */
import { endOf } from "../../contract/model/end.ts";
import type { Problem, Recording, Side } from "../../contract/model/recording.ts";
import type { Scenario } from "../../contract/model/scenario.ts";
import type { World } from "../../contract/model/world.ts";
import type { Sides } from "./bundle.ts";
import { lanesOf, opening } from "./lanes.ts";
import type { Limits } from "./play-request.ts";
import { newPlayer, type Player } from "./player.ts";
import { makeReady, waiting } from "./pool.ts";
import { toProblem } from "./problem.ts";

export interface PlayOptions {
  /** In contract order: the first one of a side decides whether that side can be graded. */
  readonly scenarios: readonly Scenario[];
  /** Names of scenarios to be played before the others. */
  readonly first: ReadonlySet<string>;
  readonly sides: Sides;
  readonly world: World;
  readonly limits: Limits;
  /** Earlier recordings of the same code; these scenarios are not played again. */
  readonly known?: ReadonlyMap<string, Recording>;
  /** Children that may play at the same time: 1 or 2. Default 2. */
  readonly lanes?: number;
  readonly signal?: AbortSignal;
  /** Called with each recording of a side that can be graded as far as is known. */
  readonly onRecording?: (recording: Recording) => void;
}

export interface PlayResult {
  readonly recordings: ReadonlyMap<string, Recording>;
  /** Those, and the recordings of a side that cannot be graded. */
  readonly all: readonly Recording[];
  /** The problem that keeps a side from being graded. */
  readonly dead: Readonly<Partial<Record<Side, Problem>>>;
  /** Sentences that change no verdict but that the reader should know; null when there are none. */
  readonly notice: string | null;
}

/** What the lanes of one run share. */
interface Shared {
  readonly all: Recording[];
  readonly dead: Partial<Record<Side, Problem>>;
  /** Resolves once a side's first scenario has been played. */
  readonly opened: Readonly<Record<Side, PromiseWithResolve>>;
}

/** @throws the signal's reason; otherwise only for a fault of the workbook */
export async function playScenarios(options: PlayOptions): Promise<PlayResult> {
  const { scenarios, sides, first, lanes: most, known = new Map<string, Recording>() } = options;
  const opened = { server: withResolve(), client: withResolve() };
  const shared: Shared = { all: [...known.values()], dead: {}, opened };
  for (const { side } of known.values()) opened[side].resolve();
  const playable = scenarios.filter(({ side, name }) => sides[side] && !known.has(name));
  const lanes = lanesOf(playable, { first, waiting: waiting(), ...(most && { most }) }).map(async (lane) => {
    const player = newPlayer(options);
    try {
      await playLane(options, shared, lane, player);
      return player.notices();
    } finally {
      player.finish();
      // Also after a failure: the other lane must not wait for what is no longer played.
      for (const { side } of lane) shared.opened[side].resolve();
    }
  });
  const settled = await Promise.allSettled(lanes);
  options.signal?.throwIfAborted();
  for (const lane of settled) if (lane.status === "rejected") throw lane.reason;
  const notices = new Set(settled.flatMap((lane) => (lane.status === "fulfilled" ? lane.value : [])));
  const { dead } = shared;
  const place = new Map(scenarios.map(({ name }, index) => [name, index] as const));
  const all = shared.all.sort((a, b) => (place.get(a.scenario) ?? 0) - (place.get(b.scenario) ?? 0));
  const judged = all.filter(({ side }) => !dead[side]).map((recording) => [recording.scenario, recording] as const);
  return { recordings: new Map(judged), all, dead, notice: [...notices].sort().join(" ") || null };
}

async function playLane(
  options: PlayOptions,
  shared: Shared,
  lane: readonly Scenario[],
  player: Player,
): Promise<void> {
  const costly: Problem[] = [];
  for (const [index, scenario] of lane.entries()) {
    const { side } = scenario;
    if (options.signal?.aborted) return;
    if (shared.dead[side]) continue;
    const again = recurring(costly, side);
    const id = options.scenarios.indexOf(scenario);
    const recording = again ? player.skip(scenario, again) : await player.play(scenario, id);
    const opens = scenario === opening(options.scenarios, side);
    // Played beside the scenario that opens the side; it counts only if that one shows that the side can be graded.
    if (!opens) await shared.opened[side].promise;
    if (shared.dead[side] && !opens) continue;
    shared.all.push(recording);
    const problem = endOf(recording)?.problem ?? (opens ? silence(recording, options) : undefined);
    if (problem && (problem.kind === "clock" || (opens && !hasBegun(recording)))) shared.dead[side] = problem;
    else options.onRecording?.(recording);
    if (problem?.kind === "loop" || problem?.kind === "memory") costly.push(problem);
    if (opens) shared.opened[side].resolve();
    // After two children could not go on, more may follow: the next but one starts while the next one plays.
    if (player.losses() > 1) makeReady(Math.min(2, lane.length - index - 1));
  }
}

/**
 * A loop or endless growth that has ended two scenarios at the same line. Each took a second of real time or more; the
 * remaining scenarios would end there too, and use up the run's time.
 */
function recurring(costly: readonly Problem[], side: Side): Problem | undefined {
  const own = costly.filter((problem) => problem.side === side);
  return own.find((one, index) => own.findIndex(({ file, line }) => file === one.file && line === one.line) < index);
}

/** The side has done its part of a first exchange: the server answered a POST, or the client sent a request. */
function hasBegun(recording: Recording): boolean {
  return recording.events.some((event) => {
    if (event.is !== "exchange") return false;
    return recording.side === "client" || event.exchange.response !== null;
  });
}

/** A server whose very first POST is never answered. */
function silence(recording: Recording, { sides, limits }: PlayOptions): Problem | undefined {
  const first = recording.events.find((event) => event.is === "exchange");
  if (recording.side === "client" || first?.is !== "exchange") return undefined;
  if (first.exchange.failure?.kind !== "never" || hasBegun(recording)) return undefined;
  return toProblem({ kind: "silent", message: "", frames: [] }, { side: "server", sides, limits });
}

interface PromiseWithResolve {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function withResolve(): PromiseWithResolve {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
