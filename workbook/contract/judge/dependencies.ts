/** Which clauses a clause rests on. */
import type { Clause, ClauseId } from "../model/clause.ts";

/** The clauses that its verdict always rests on. */
export function foundations(clause: Clause): ClauseId[] {
  return [...clause.needs, ...clause.yieldsTo, ...(clause.partNeeds ?? [])];
}

/** All clauses that its verdict may rest on. */
export function dependencies(clause: Clause): ClauseId[] {
  return [...foundations(clause), ...(clause.mayBeBlockedBy ?? [])];
}

/**
 * The clauses that can be judged: their own scenarios have been played, and those of all that they always rest on.
 * @param current the graded clause that an id stands for
 * @param pending names of scenarios still to be played
 */
export function decidable(
  graded: readonly Clause[],
  current: (id: ClauseId) => Clause | undefined,
  pending: ReadonlySet<string>,
): ReadonlySet<ClauseId> {
  if (pending.size === 0) return new Set(graded.map(({ id }) => id));
  const isDecidable = (clause: Clause): boolean => {
    // The set grows while it is walked, so each clause is looked at once.
    const reached = new Set([clause]);
    for (const one of reached) {
      if (one.scenarios.some((name) => pending.has(name))) return false;
      for (const id of foundations(one)) {
        const other = current(id);
        if (other) reached.add(other);
      }
    }
    return true;
  };
  return new Set(graded.filter(isDecidable).map(({ id }) => id));
}
