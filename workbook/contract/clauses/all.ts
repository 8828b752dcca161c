/** All clauses, in contract order. */
import type { Clause, ClauseId } from "../model/clause.ts";
import { accept } from "./accept/all.ts";
import { cache } from "./cache/all.ts";
import { choose } from "./choose/all.ts";
import { client } from "./client/all.ts";
import { fail } from "./fail/all.ts";
import { retryAfter } from "./retry-after/all.ts";
import { status } from "./status/all.ts";
import { ttl } from "./ttl/all.ts";

export const clauses: readonly Clause[] = [
  ...accept,
  ...status,
  ...retryAfter,
  ...cache,
  ...fail,
  ...client,
  ...choose,
  ...ttl,
];

const byId = new Map(clauses.map((clause) => [clause.id, clause]));

/** @throws Error when no clause has this id: a fault of the workbook, not of a learner's file. */
export function clauseOf(id: ClauseId): Clause {
  const clause = byId.get(id);
  if (!clause) throw new Error(`There is no clause ${id}.`);
  return clause;
}
