/** Which child plays what, in which order: the same for the same scenarios, so that runs repeat exactly. */
import { availableParallelism } from "node:os";
import type { Side } from "../../contract/model/recording.ts";
import type { Scenario } from "../../contract/model/scenario.ts";

/** A second child is worth its start for so many scenarios. */
const worthAChild = 8;

/**
 * Children for a learner's grading that finds none waiting. A second one starts and warms up as long as some forty
 * scenarios take: where there are only two cores, the first child and this process have use for both by then.
 */
export const coldLanes = availableParallelism() > 2 ? 2 : 1;

export interface LaneOptions {
  /** Names of scenarios that the reader waits for, in this order. */
  readonly first: ReadonlySet<string>;
  /** 1: no second child. Default: one where it is worth it. */
  readonly most?: number;
  /** Children that wait: they cost no start. Default 0. */
  readonly waiting?: number;
}

/**
 * Deals the scenarios to two lanes, the next one to the lane that has less to do: what the reader waits for first, so that
 * both children work on it. A side's first scenario in contract order comes before its others: it tells whether the side
 * answers at all.
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

/** The scenario by which it is known whether a side can be graded at all. */
export function opening(scenarios: readonly Scenario[], side: Side): Scenario | undefined {
  return scenarios.find((scenario) => scenario.side === side);
}

/** A heavy scenario takes longer than all others together; nobody waits behind it. */
function heavyLast(lane: readonly Scenario[]): Scenario[] {
  return [...lane.filter(({ heavy }) => !heavy), ...lane.filter(({ heavy }) => heavy)];
}
