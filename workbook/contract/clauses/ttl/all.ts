/** The clauses of ttl.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { ttlExpires } from "./expires.ts";
import { ttlFromFinish } from "./from-finish.ts";
import { ttlGentle } from "./gentle.ts";
import { ttlKeeps } from "./keeps.ts";
import { ttlLetsExit } from "./lets-exit.ts";
import { ttlReclaims } from "./reclaims.ts";
import { ttlSparesRunning } from "./spares-running.ts";

export const ttl: readonly Clause[] = [
  ttlKeeps,
  ttlExpires,
  ttlSparesRunning,
  ttlFromFinish,
  ttlReclaims,
  ttlLetsExit,
  ttlGentle,
];
