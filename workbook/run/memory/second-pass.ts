/**
 * A second look, only where something failed: runs repeat exactly, so the same scenario is played once more with tracing
 * that would be too slow for every run.
 */
import path from "node:path";
import { clauseOf } from "../../contract/clauses/all.ts";
import type { Verdict } from "../../contract/model/clause.ts";
import type { Problem } from "../../contract/model/recording.ts";
import type { Scenario } from "../../contract/model/scenario.ts";
import type { Traced } from "./child.ts";
import { locate, shown, type Place, type Sides } from "./locate.ts";
import { orderOf, type PlayerOptions } from "./play-request.ts";
import { end, takeChild } from "./pool.ts";

/** Plays a scenario with tracing, on a child of its own. @param id the order's number, as in the run before */
export async function trace(scenario: Scenario, id: number, options: PlayerOptions): Promise<readonly Traced[]> {
  const found: Traced[] = [];
  const child = await takeChild();
  try {
    await child.ready();
    const order = { ...orderOf(scenario, id, options.limits.realMs, options), trace: true };
    await child.play(order, options.limits.realMs, () => {}, { onTraced: (traced) => found.push(traced) });
  } finally {
    end(child);
  }
  return found;
}

/** The place where a thing was thrown that carries no stack of its own; the problem as it is where none is found. */
export function withPlace(problem: Problem, found: readonly Traced[], sides: Sides): Problem {
  const place = found.map(({ frames }) => locate(frames, sides)).findLast((each) => each !== null);
  if (!place) return problem;
  const message = problem.message.replace(/( throws| was rejected)/, `$1 at line ${place.line}`);
  return { ...problem, message, file: shown(place.file), line: place.line, column: place.column };
}

/** Says in each failed verdict about something left over where it was begun. */
export async function explainLeftovers(
  verdicts: readonly Verdict[],
  scenarios: readonly Scenario[],
  options: PlayerOptions,
): Promise<readonly Verdict[]> {
  const explained: Verdict[] = [];
  for (const verdict of verdicts) {
    const clause = clauseOf(verdict.clause);
    const isTraced = verdict.verdict === "fail" && verdict.problem === null && clause.tracesLeftovers;
    const name = verdict.mark?.scenario ?? clause.scenarios[0];
    const id = isTraced ? scenarios.findIndex((scenario) => scenario.name === name) : -1;
    const scenario = scenarios[id];
    explained.push(scenario ? withRemark(verdict, await trace(scenario, id, options), options.sides) : verdict);
  }
  return explained;
}

function withRemark(verdict: Verdict, found: readonly Traced[], sides: Sides): Verdict {
  const begun = found.flatMap(({ what, frames }) => {
    const place = locate(frames, sides);
    return place ? [sentence(what, place)] : [];
  });
  if (begun.length === 0) return verdict;
  const remark = [...new Set(begun), ...(verdict.remark === null ? [] : [verdict.remark])].join(" ");
  return { ...verdict, remark };
}

function sentence(what: string, place: Place): string {
  return `It is the ${what} of ${path.basename(place.file)}, line ${place.line}.`;
}
