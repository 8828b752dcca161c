/** The clauses of a client, in the contract's order. */
import { defaultWait, httpDate, longWait } from "./client-dates.ts";
import { deadline, unknownOutcome } from "./client-deadline.ts";
import { abort, quiet, stops } from "./client-leaves.ts";
import { immediate, postsOnce } from "./client-order.ts";
import { patient } from "./client-patient.ts";
import { noLocation, refused } from "./client-refused.ts";
import { followsLocation, returns } from "./client-result.ts";
import { gone, neverReposts, notJson, throws } from "./client-trouble.ts";
import { adapts, notLate, waits } from "./client-waits.ts";
import type { Clause } from "./types.ts";

export const client: readonly Clause[] = [
  postsOnce,
  immediate,
  deadline,
  unknownOutcome,
  returns,
  followsLocation,
  waits,
  notLate,
  adapts,
  httpDate,
  defaultWait,
  longWait,
  stops,
  quiet,
  throws,
  refused,
  noLocation,
  gone,
  neverReposts,
  patient,
  notJson,
  abort,
];
