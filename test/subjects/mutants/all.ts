import { accept } from "./accept.ts";
import type { Mutant } from "./cases.ts";
import { choose } from "./choose.ts";
import { clientOrder } from "./client-order.ts";
import { clientPolls } from "./client-polls.ts";
import { clientTrouble } from "./client-trouble.ts";
import { fail } from "./fail.ts";
import { retryAfter } from "./retry-after.ts";
import { status } from "./status.ts";
import { ttl } from "./ttl.ts";

/** Every wrong implementation, its groups in the order of the contract. */
export const mutants: readonly Mutant[] = [
  ...accept,
  ...status,
  ...retryAfter,
  ...fail,
  ...choose,
  ...ttl,
  ...clientOrder,
  ...clientPolls,
  ...clientTrouble,
];
