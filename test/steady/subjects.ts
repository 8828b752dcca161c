/** The wrong and right implementations as files. They stay in place for all gradings, so that no path differs. */
import type { Run } from "../../workbook/contract/model/run.ts";
import { keyOf, place, reds, type Placed } from "../subjects/mutants/cases.ts";
import { mutantsWith, variantsWith } from "../subjects/mutants/chosen.ts";

export interface Subject {
  readonly key: string;
  readonly placed: Placed;
  /** The only clause that must fail; null: all must pass. */
  readonly meant: string | null;
  /** True: its clause is measured in real time (ttl.gentle). It is graded separately, and nothing else fails. */
  readonly timed: boolean;
}

const timed = "ttl.gentle";

/** Writes all cases that contain the word. @throws Error when one does not fit, after removing all of them */
export function placeSubjects(word: string): readonly Subject[] {
  const subjects: Subject[] = [];
  try {
    for (const one of mutantsWith(word))
      subjects.push({ key: keyOf(one), placed: place(one), meant: one.clause, timed: one.clause === timed });
    for (const one of variantsWith(word))
      subjects.push({ key: `variant ${keyOf(one)}`, placed: place(one), meant: null, timed: false });
    return subjects;
  } catch (error) {
    removeSubjects(subjects);
    throw error;
  }
}

export function removeSubjects(subjects: readonly Subject[]): void {
  for (const { placed } of subjects) placed.remove();
}

/** What failed, if it is not what should fail; else null. Where all must pass, a problem counts as a failure. */
export function notAsMeant({ meant, timed }: Subject, run: Run): string | null {
  const expected = meant === null || timed ? "" : meant;
  const failed = reds(run).join(", ");
  if (failed !== expected) return failed || "nothing";
  if (expected !== "" || run.passed) return null;
  return run.problem ? `problem ${run.problem.kind}: ${run.problem.message}` : "a clause was not reached";
}
