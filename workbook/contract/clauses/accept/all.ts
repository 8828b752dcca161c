/** The clauses of accept.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { acceptBody } from "./body.ts";
import { acceptInvalid } from "./invalid.ts";
import { acceptLocation } from "./location.ts";
import { acceptMalformed } from "./malformed.ts";
import { acceptMethod } from "./method.ts";
import { acceptPrompt } from "./prompt.ts";
import { acceptStarts } from "./starts.ts";
import { acceptStatus } from "./status.ts";
import { acceptUnique } from "./unique.ts";

export const accept: readonly Clause[] = [
  acceptPrompt,
  acceptStatus,
  acceptBody,
  acceptUnique,
  acceptLocation,
  acceptStarts,
  acceptMalformed,
  acceptInvalid,
  acceptMethod,
];
