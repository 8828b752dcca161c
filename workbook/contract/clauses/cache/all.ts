/** The clauses of cache.*, in the contract's order. */
import type { Clause } from "../../model/clause.ts";
import { cacheNoStale } from "./no-stale.ts";

export const cache: readonly Clause[] = [cacheNoStale];
