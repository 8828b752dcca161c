/** The scenarios of a client, in the order in which it meets them. Each is one call of `runReport`. */
import type { Scenario } from "../types.ts";
import { basics } from "./client-basics.ts";
import { trouble } from "./client-trouble.ts";
import { waits } from "./client-waits.ts";

export const clientScenarios: readonly Scenario[] = [...basics, ...waits, ...trouble];
