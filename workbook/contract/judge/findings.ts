/** What the judge finds of each clause, before it is a verdict. */
import type { ClauseId, Outcome } from "../model/clause.ts";
import type { Recording } from "../model/recording.ts";

export type Finding =
  | { readonly is: "pass" | "fail"; readonly outcome: Outcome }
  /** An answer that it needs is missing, because the subject's process ended in this scenario. */
  | { readonly is: "missing"; readonly scenario: string }
  | { readonly is: "blocked"; readonly by: ClauseId }
  /** It depends on a clause that rests on a scenario still to be played. */
  | { readonly is: "undecided" };

export interface Findings {
  /** The finding of each graded clause that was looked at. */
  readonly of: ReadonlyMap<ClauseId, Finding>;
  readonly recordings: ReadonlyMap<string, Recording>;
  /** The clause that fails for a process that ended, for each scenario in which answers are missing; see `blame`. */
  readonly blamed: ReadonlyMap<string, ClauseId>;
}

/** The failed clause at the root of what blocks another one. @param id a clause that did not pass */
export function rootOf(id: ClauseId, findings: Findings): ClauseId {
  const finding = findings.of.get(id);
  if (finding?.is === "blocked") return rootOf(finding.by, findings);
  if (finding?.is === "missing") return findings.blamed.get(finding.scenario) ?? id;
  return id;
}
