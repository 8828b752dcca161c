/** Which scenarios can still change a verdict. On the real clock the others are not played. */
import type { Clause, ClauseId, Verdict } from "../model/clause.ts";

/**
 * @param graded the clauses of the exercise that the subject is judged by
 * @param replaces in `needs` and `yieldsTo` a key is read as its value
 * @param verdicts what is decided so far
 * @returns names of the scenarios of clauses that are not decided and may still be reached
 */
export function neededScenarios(
  graded: readonly Clause[],
  replaces: Readonly<Record<ClauseId, ClauseId>>,
  verdicts: readonly Verdict[],
): ReadonlySet<string> {
  const clauses = new Map(graded.map((clause) => [clause.id, clause]));
  const decided = new Map(verdicts.map((verdict) => [verdict.clause, verdict.verdict]));
  const others = (ids: readonly ClauseId[], clause: Clause) =>
    ids.flatMap((id) => clauses.get(replaces[id] ?? id) ?? []).filter((other) => other !== clause);

  /** True if the clause cannot be reached any more. Looks in the judge's order: an open need decides before what follows. */
  function isBlocked(clause: Clause): boolean {
    for (const need of others(clause.needs, clause)) {
      const verdict = decided.get(need.id);
      if (verdict === "pass") continue;
      return verdict !== undefined || isBlocked(need);
    }
    for (const other of others(clause.yieldsTo, clause)) {
      const verdict = decided.get(other.id);
      if (verdict === undefined) return false;
      if (verdict === "fail") return true;
    }
    return false;
  }

  return new Set(graded.filter((each) => !decided.has(each.id) && !isBlocked(each)).flatMap((each) => each.scenarios));
}
