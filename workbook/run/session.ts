/** Plays scenarios on children, a lane a side, and finds out whether a side can be graded at all. */
import type { Problem, Recording, Scenario, Side, World } from "../contract/types.ts";
import type { Sides } from "./locate.ts";
import type { Limits } from "./order.ts";
import { newPlayer, type Player } from "./player.ts";
import { toProblem } from "./problem.ts";

export interface Session {
  /** In contract order: the first of a side decides whether the side can be graded. */
  readonly scenarios: readonly Scenario[];
  /** Names of scenarios to be played before the others. */
  readonly first: ReadonlySet<string>;
  readonly sides: Sides;
  readonly world: World;
  readonly limits: Limits;
  readonly signal?: AbortSignal;
  /** Called with each recording that stays. */
  readonly onRecording?: (recording: Recording) => void;
}

export interface SessionResult {
  readonly recordings: ReadonlyMap<string, Recording>;
  /** These, and what was recorded of a side that cannot be graded. */
  readonly all: readonly Recording[];
  /** Why nothing of a side can be graded. */
  readonly dead: Readonly<Partial<Record<Side, Problem>>>;
  /** Why the clock is another one than usual; null when it is not. */
  readonly notice: string | null;
}

/** @throws the signal's reason; else only for a fault of the workbook */
export async function playSession(session: Session): Promise<SessionResult> {
  const all: Recording[] = [];
  const dead: Partial<Record<Side, Problem>> = {};
  const lanes = (["server", "client"] as const).map(async (side) => {
    const own = session.scenarios.filter((scenario) => scenario.side === side && session.sides[side]);
    const player = newPlayer(session);
    try {
      const problem = await playLane(session, own, player, all);
      if (problem) dead[side] = problem;
      return player.notice();
    } finally {
      player.finish();
    }
  });
  const settled = await Promise.allSettled(lanes);
  session.signal?.throwIfAborted();
  for (const lane of settled) if (lane.status === "rejected") throw lane.reason;
  const notice = settled.map((lane) => (lane.status === "fulfilled" ? lane.value : null)).find((each) => each !== null);
  const place = new Map(session.scenarios.map(({ name }, index) => [name, index] as const));
  all.sort((a, b) => (place.get(a.scenario) ?? 0) - (place.get(b.scenario) ?? 0));
  const judged = all.filter(({ side }) => !dead[side]).map((recording) => [recording.scenario, recording] as const);
  return { recordings: new Map(judged), all, dead, notice: notice ?? null };
}

/**
 * Plays a side's scenarios. The first in contract order comes before all others, whatever the reader waits for: it tells
 * (in some 5 ms) whether the side answers at all, so that the verdicts do not depend on the order of play.
 * @returns why the side cannot be graded, if so
 */
async function playLane(
  session: Session,
  own: readonly Scenario[],
  player: Player,
  all: Recording[],
): Promise<Problem | undefined> {
  const [opening, ...others] = own;
  if (!opening) return undefined;
  const wanted = others.filter(({ name }) => session.first.has(name));
  const rest = others.filter(({ name }) => !session.first.has(name));
  const costly: Problem[] = [];
  for (const scenario of [opening, ...wanted, ...rest]) {
    if (session.signal?.aborted) return undefined;
    const again = recurring(costly);
    const recording = again ? player.skip(scenario, again) : await player.play(scenario, session.scenarios.indexOf(scenario));
    all.push(recording);
    const problem = stopped(recording) ?? (scenario === opening ? silence(recording, session) : undefined);
    if (problem?.kind === "clock") return problem;
    if (scenario === opening && problem && !hasBegun(recording)) return problem;
    if (problem?.kind === "loop" || problem?.kind === "memory") costly.push(problem);
    session.onRecording?.(recording);
  }
  return undefined;
}

/**
 * A loop or a bomb that has ended two scenarios at one line. Each took a second of real time; the scenarios that are left
 * would end there too, or wait for the run's time to be over.
 */
function recurring(costly: readonly Problem[]): Problem | undefined {
  return costly.find((one, index) => costly.findIndex(({ file, line }) => file === one.file && line === one.line) < index);
}

/** The side has done its part of a first exchange: a POST was answered, or a client has sent a request. */
function hasBegun(recording: Recording): boolean {
  return recording.events.some((event) => {
    if (event.is !== "exchange") return false;
    return recording.side === "client" || event.exchange.response !== null;
  });
}

function stopped(recording: Recording): Problem | undefined {
  const last = recording.events.at(-1);
  return last?.is === "ended" ? last.problem : undefined;
}

/** A server whose very first POST is never answered. */
function silence(recording: Recording, { sides, limits }: Session): Problem | undefined {
  const first = recording.events.find((event) => event.is === "exchange");
  if (recording.side === "client" || first?.is !== "exchange") return undefined;
  if (first.exchange.failure?.kind !== "never" || hasBegun(recording)) return undefined;
  return toProblem({ kind: "silent", message: "", frames: [] }, { side: "server", sides, limits });
}
