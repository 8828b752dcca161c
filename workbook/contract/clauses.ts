/** The whole contract, in its own order. */
import { accept } from "./accept.ts";
import { choose } from "./choose.ts";
import { client } from "./client.ts";
import { fail } from "./fail.ts";
import { retryAfter } from "./retry-after.ts";
import { status } from "./status.ts";
import { ttl } from "./ttl.ts";
import type { Clause, ClauseId } from "./types.ts";

export const clauses: readonly Clause[] = [...accept, ...status, ...retryAfter, ...fail, ...client, ...choose, ...ttl];

const byId = new Map(clauses.map((clause) => [clause.id, clause]));

/** @throws Error when no clause has this id: a fault in the catalogue, not in a learner's file. */
export function clauseOf(id: ClauseId): Clause {
  const clause = byId.get(id);
  if (!clause) throw new Error(`There is no clause ${id}.`);
  return clause;
}
