/** All server scenarios. The first one shows whether the server answers at all. */
import type { ServerScenario } from "../../model/scenario.ts";
import { s10, s11, s9 } from "./choosing.ts";
import { s12, s8 } from "./cleaning.ts";
import { s6a, s6b } from "./failing.ts";
import { s1, s2, s3 } from "./one-job.ts";
import { s7 } from "./refusing.ts";
import { s4 } from "./side-by-side.ts";
import { s5 } from "./unknown-ids.ts";

export const serverScenarios: readonly ServerScenario[] = [s1, s2, s3, s4, s5, s6a, s6b, s7, s8, s9, s10, s11, s12];
