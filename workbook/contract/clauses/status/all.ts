/** The clauses of status.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { statusCompleted } from "./completed.ts";
import { statusIsolated } from "./isolated.ts";
import { statusProcessing } from "./processing.ts";
import { statusResult } from "./result.ts";
import { statusSafe } from "./safe.ts";
import { statusSettled } from "./settled.ts";
import { statusUnknown } from "./unknown.ts";

export const status: readonly Clause[] = [
  statusProcessing,
  statusCompleted,
  statusResult,
  statusIsolated,
  statusSettled,
  statusSafe,
  statusUnknown,
];
