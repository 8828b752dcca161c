/** All client scenarios, in the order in which they are played. Each is one call of `runReport`. */
import type { ClientScenario } from "../../model/scenario.ts";
import { basics } from "./basics.ts";
import { trouble } from "./trouble.ts";
import { waits } from "./waits.ts";

export const clientScenarios: readonly ClientScenario[] = [...basics, ...waits, ...trouble];
