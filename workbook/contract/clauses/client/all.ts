/** The clauses of client.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { clientAbort } from "./abort.ts";
import { clientAdapts } from "./adapts.ts";
import { clientDeadline } from "./deadline.ts";
import { clientDefaultWait } from "./default-wait.ts";
import { clientFollowsLocation } from "./follows-location.ts";
import { clientGone } from "./gone.ts";
import { clientHttpDate } from "./http-date.ts";
import { clientImmediate } from "./immediate.ts";
import { clientLongWait } from "./long-wait.ts";
import { clientNeverReposts } from "./never-reposts.ts";
import { clientNoLocation } from "./no-location.ts";
import { clientNotJson } from "./not-json.ts";
import { clientNotLate } from "./not-late.ts";
import { clientPatient } from "./patient.ts";
import { clientPostsOnce } from "./posts-once.ts";
import { clientQuiet } from "./quiet.ts";
import { clientRefused } from "./refused.ts";
import { clientReturns } from "./returns.ts";
import { clientStops } from "./stops.ts";
import { clientThrows } from "./throws.ts";
import { clientUnknownOutcome } from "./unknown-outcome.ts";
import { clientWaits } from "./waits.ts";

export const client: readonly Clause[] = [
  clientPostsOnce,
  clientImmediate,
  clientDeadline,
  clientUnknownOutcome,
  clientReturns,
  clientFollowsLocation,
  clientWaits,
  clientNotLate,
  clientAdapts,
  clientHttpDate,
  clientDefaultWait,
  clientLongWait,
  clientStops,
  clientQuiet,
  clientThrows,
  clientRefused,
  clientNoLocation,
  clientGone,
  clientNeverReposts,
  clientPatient,
  clientNotJson,
  clientAbort,
];
