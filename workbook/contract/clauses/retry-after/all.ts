/** The clauses of retry-after.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { retryAfterOnAccept } from "./on-accept.ts";
import { retryAfterOnlyWaiting } from "./only-waiting.ts";
import { retryAfterPresent } from "./present.ts";
import { retryAfterUseful } from "./useful.ts";
import { retryAfterValid } from "./valid.ts";

export const retryAfter: readonly Clause[] = [
  retryAfterPresent,
  retryAfterValid,
  retryAfterUseful,
  retryAfterOnlyWaiting,
  retryAfterOnAccept,
];
