/** All scenarios that a server is graded by. The first one tells whether the server answers at all. */
import type { Scenario } from "../types.ts";
import { s10, s11, s9 } from "./server-choosing.ts";
import { s12, s8 } from "./server-cleaning.ts";
import { s6a, s6b } from "./server-failing.ts";
import { s1, s2, s3 } from "./server-one-job.ts";
import { s7 } from "./server-refusing.ts";
import { s4 } from "./server-side-by-side.ts";
import { s5 } from "./server-unknown-ids.ts";

export const serverScenarios: readonly Scenario[] = [s1, s2, s3, s4, s5, s6a, s6b, s7, s8, s9, s10, s11, s12];
