/** Verdicts where the server went away for good before every scenario was played. */
import type { Verdict } from "../model/clause.ts";
import { judge, type JudgeOptions } from "./judge.ts";

const nothing = { expected: null, seen: null, atMs: null, remark: null, mark: null, problem: null };

/**
 * What failed by what was played has failed. Every other clause that rests on a missing scenario is not reached, blocked
 * by the clause that failed when the server went away.
 * @param unplayed names of the missing scenarios
 */
export function judgeUnplayed(options: JudgeOptions, unplayed: ReadonlySet<string>): Verdict[] {
  const sure = new Map(judge({ ...options, pending: unplayed }).map((verdict) => [verdict.clause, verdict]));
  const hasFailed = ({ verdict, mark }: Verdict) => verdict === "fail" && !(mark && unplayed.has(mark.scenario));
  const all = judge({ ...options, pending: new Set() }).map((verdict) => sure.get(verdict.clause) ?? verdict);
  const culprit = all.find((verdict) => hasFailed(verdict) && verdict.problem !== null) ?? all.find(hasFailed);
  const failed = new Set(all.filter(hasFailed).map(({ clause }) => clause));
  return all.map((verdict) => {
    const { clause, side, level, blockedBy } = verdict;
    const isKnown = sure.has(clause) || hasFailed(verdict) || (blockedBy !== null && failed.has(blockedBy));
    if (isKnown) return verdict;
    return { clause, side, level, verdict: "not-reached", blockedBy: culprit?.clause ?? null, ...nothing };
  });
}
