/**
 * Plays a scenario a second time, with tracing that is too slow for every run, to find a place in the learner's file. Runs
 * repeat exactly, so the second one ends as the first did.
 */
import type { Scenario } from "../../contract/model/scenario.ts";
import type { Sides } from "./bundle.ts";
import { locate } from "./locate.ts";
import { newPlayRequest, type PlayerOptions } from "./play-request.ts";
import { end, takeChild } from "./pool.ts";
import type { Frame, TracedMessage } from "./protocol.ts";

/** Plays a scenario with tracing, on a child of its own. @param id the request's number, as in the first run */
export async function trace(scenario: Scenario, id: number, options: PlayerOptions): Promise<readonly TracedMessage[]> {
  const found: TracedMessage[] = [];
  const child = await takeChild();
  try {
    await child.ready();
    const request = { ...newPlayRequest(scenario, id, options.limits.realMs, options), trace: true };
    await child.play(request, options.limits.realMs, { onTraced: (traced) => found.push(traced) });
  } finally {
    end(child);
  }
  return found;
}

/** The frames where an uncaught value was thrown that carries no stack of its own; empty if none are the learner's. */
export function framesOfThrow(found: readonly TracedMessage[], sides: Sides): readonly Frame[] {
  return found.findLast(({ frames }) => locate(frames, sides) !== null)?.frames ?? [];
}
