/** Builds the request for a child from what a run knows. */
import type { Scenario } from "../../contract/model/scenario.ts";
import type { World } from "../../contract/model/world.ts";
import type { Sides } from "./bundle.ts";
import type { Child } from "./child.ts";
import type { PlayRequest } from "./protocol.ts";

/** Limits in real time and memory; they end what would never end by itself. */
export interface Limits {
  /** ms without a turn of the event loop that count as an endless loop. 0: no limit of any kind (a debugger). */
  readonly loopMs: number;
  /** ms that the scenarios of one lane may take together. */
  readonly realMs: number;
  /** MB of resident memory. */
  readonly memoryMb: number;
}

export interface PlayerOptions {
  readonly sides: Sides;
  readonly world: World;
  readonly limits: Limits;
  /** Plays here instead of on a child of the pool (a debugger's child). */
  readonly child?: Child;
  readonly signal?: AbortSignal;
}

/**
 * @param id the request's number, the same in each run
 * @param realMs ms that are left for it
 */
export function newPlayRequest(scenario: Scenario, id: number, realMs: number, options: PlayerOptions): PlayRequest {
  const { sides, world, limits } = options;
  return {
    id,
    scenario: scenario.name,
    world,
    server: scenario.side === "server" ? (sides.server?.bundle ?? null) : null,
    client: scenario.side === "client" ? (sides.client?.bundle ?? null) : null,
    loopMs: scenario.heavy ? 0 : limits.loopMs,
    realMs: Math.round(realMs),
    memoryMb: scenario.heavy ? 0 : limits.memoryMb,
    trace: false,
  };
}
