/** All scenarios, by name. */
import { clientScenarios } from "./client/all.ts";
import { serverScenarios } from "./server/all.ts";
import type { Scenario } from "../model/scenario.ts";

export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  [...serverScenarios, ...clientScenarios].map((scenario) => [scenario.name, scenario]),
);
