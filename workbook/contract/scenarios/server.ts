import type { Scenario } from "../types.ts";

export const serverScenarios: readonly Scenario[] = [];
