/**
 * Which child plays what, in which order: the same for the same scenarios, so that runs repeat exactly.
 * Measured on two cores, two waiting children: a full grading of step 03 takes 135 ms on two lanes, 190 ms on one.
 */
import { availableParallelism } from "node:os";
import type { Side } from "../../contract/model/recording.ts";
import type { Scenario } from "../../contract/model/scenario.ts";

/** From this many scenarios on, a second child is worth its start. */
const worthAChild = 8;

/**
 * Children for a learner's first grading, when none is waiting. Starting and warming up a second child takes as long as
 * some forty scenarios, on cores that the first child and this process need. Measured on two cores: step 03 takes 1060 ms
 * from start to end with one child, 1266 ms with two.
 */
export const coldLanes = availableParallelism() > 2 ? 2 : 1;

export interface LaneOptions {
  /** Names of the scenarios that the reader waits for, in this order. */
  readonly first: ReadonlySet<string>;
  /** 1: no second child. Default: one where it is worth it. */
  readonly most?: number;
  /** Children that wait already and need no start. Default 0. */
  readonly waiting?: number;
}

/**
 * Deals the scenarios to two lanes; the next one goes to the lane that has less to do. What the reader waits for comes
 * first, so that both children work on it. Before a side's other scenarios comes its first one in contract order: it shows
 * whether the side answers at all.
 */
export function lanesOf(scenarios: readonly Scenario[], options: LaneOptions): readonly (readonly Scenario[])[] {
  const { first, most = 2, waiting = 0 } = options;
  const order = ordered(scenarios, first);
  const two = most > 1 && order.length > 1 && (waiting > 1 || order.length >= worthAChild);
  return (two ? dealt(order) : [order]).filter((lane) => lane.length > 0).map(heavyLast);
}

function dealt(order: readonly Scenario[]): Scenario[][] {
  const lanes: [Scenario[], Scenario[]] = [[], []];
  const weights = [0, 0];
  for (const scenario of order) {
    const lane = (weights[0] ?? 0) <= (weights[1] ?? 0) ? 0 : 1;
    lanes[lane].push(scenario);
    weights[lane] = (weights[lane] ?? 0) + (scenario.long ? 2 : 1);
  }
  return lanes;
}

function ordered(scenarios: readonly Scenario[], first: ReadonlySet<string>): Scenario[] {
  const wanted = [...first].flatMap((wantedName) => scenarios.find(({ name }) => name === wantedName) ?? []);
  const openings = (["server", "client"] as const).flatMap((side) => opening(scenarios, side) ?? []);
  const needed = openings.filter(({ side }) => wanted.some((scenario) => scenario.side === side));
  return [...new Set([...needed, ...wanted, ...openings, ...scenarios])];
}

/** The scenario that shows whether a side can be graded at all. */
export function opening(scenarios: readonly Scenario[], side: Side): Scenario | undefined {
  return scenarios.find((scenario) => scenario.side === side);
}

/** A heavy scenario takes longer than all others together, so nothing may have to wait for it. */
function heavyLast(lane: readonly Scenario[]): Scenario[] {
  return [...lane.filter(({ heavy }) => !heavy), ...lane.filter(({ heavy }) => heavy)];
}
