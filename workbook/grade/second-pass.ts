/** Says where a leftover timer, connection or server was started: plays the failed clause's scenario again, with tracing. */
import path from "node:path";
import { clauseOf } from "../contract/clauses/all.ts";
import type { Verdict } from "../contract/model/clause.ts";
import type { Scenario } from "../contract/model/scenario.ts";
import type { Sides } from "../run/memory/bundle.ts";
import { locate, type Place } from "../run/memory/locate.ts";
import type { PlayerOptions } from "../run/memory/play-request.ts";
import type { TracedMessage } from "../run/memory/protocol.ts";
import { trace } from "../run/memory/trace-place.ts";

/**
 * Adds to each failed verdict about something left over where it was started.
 * @param scenarios the played ones, in the order of the first pass
 */
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

function withRemark(verdict: Verdict, found: readonly TracedMessage[], sides: Sides): Verdict {
  const started = found.flatMap(({ what, frames }) => {
    const place = locate(frames, sides);
    return place ? [sentence(what, place)] : [];
  });
  if (started.length === 0) return verdict;
  const remark = [...new Set(started), ...(verdict.remark === null ? [] : [verdict.remark])].join(" ");
  return { ...verdict, remark };
}

function sentence(what: string, place: Place): string {
  return `It is the ${what} of ${path.basename(place.file)}, line ${place.line}.`;
}
