import type { Scenario } from "../types.ts";

export const clientScenarios: readonly Scenario[] = [];
