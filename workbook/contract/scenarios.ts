/** All scenarios, by name. */
import { clientScenarios } from "./scenarios/client.ts";
import { serverScenarios } from "./scenarios/server.ts";
import type { Scenario } from "./types.ts";

export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  [...serverScenarios, ...clientScenarios].map((scenario) => [scenario.name, scenario]),
);
