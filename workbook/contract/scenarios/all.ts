/** All scenarios, by name. */
import { clientScenarios } from "./client/all.ts";
import { serverScenarios } from "./server/all.ts";
import type { Clause } from "../model/clause.ts";
import type { Scenario } from "../model/scenario.ts";

export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  [...serverScenarios, ...clientScenarios].map((scenario) => [scenario.name, scenario]),
);

/** True if the clause looks at a scenario that goes through days. */
export function spansDays(clause: Clause): boolean {
  return clause.scenarios.some((name) => scenarios.get(name)?.spansDays);
}

/** True if the clause looks at a heavy scenario, which is played in a full grading only. */
export function isHeavy(clause: Clause): boolean {
  return clause.scenarios.some((name) => scenarios.get(name)?.heavy);
}
