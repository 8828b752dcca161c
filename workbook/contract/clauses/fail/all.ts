/** The clauses of fail.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { failAccepted } from "./accepted.ts";
import { failDiscreet } from "./discreet.ts";
import { failIsolated } from "./isolated.ts";
import { failOkStatus } from "./ok-status.ts";
import { failReported } from "./reported.ts";
import { failSaysWhy } from "./says-why.ts";
import { failSurvives } from "./survives.ts";

export const fail: readonly Clause[] = [
  failAccepted,
  failSurvives,
  failOkStatus,
  failReported,
  failSaysWhy,
  failDiscreet,
  failIsolated,
];
