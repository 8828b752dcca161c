/** Which clause fails when the subject's process ended and several clauses miss an answer. */
import type { Clause, ClauseId } from "../model/clause.ts";
import { endOf } from "../model/end.ts";
import type { Recording } from "../model/recording.ts";
import type { Finding } from "./findings.ts";

/**
 * The first clause in contract order fails. The others that miss an answer for the same reason, in whatever scenario, are
 * not reached. Scenarios that were played come before those that were skipped because of them.
 * @returns the clause that fails, for each scenario in which answers are missing
 */
export function blame(
  judged: readonly Clause[],
  findings: ReadonlyMap<ClauseId, Finding>,
  recordings: ReadonlyMap<string, Recording>,
): Map<string, ClauseId> {
  const blamed = new Map<string, ClauseId>();
  const firstOf = new Map<string, ClauseId>();
  const missing = judged.flatMap(({ id }) => {
    const finding = findings.get(id);
    return finding?.is === "missing" ? [{ id, scenario: finding.scenario }] : [];
  });
  const isSkipped = ({ scenario }: { scenario: string }) => recordings.get(scenario)?.skipped === true;
  for (const { id, scenario } of [...missing.filter((one) => !isSkipped(one)), ...missing.filter(isSkipped)]) {
    const cause = causeOf(recordings.get(scenario), scenario);
    const first = firstOf.get(cause) ?? id;
    firstOf.set(cause, first);
    blamed.set(scenario, blamed.get(scenario) ?? first);
  }
  return blamed;
}

/** The same text where the same line of the learner's code ended the process; else the scenario's own name. */
function causeOf(recording: Recording | undefined, scenario: string): string {
  const problem = recording && endOf(recording)?.problem;
  if (!problem || problem.line === null) return scenario;
  const { kind, side, file, line } = problem;
  return [kind, side, file, line].join(" ");
}
