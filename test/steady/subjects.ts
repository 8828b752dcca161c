/** The wrong and right implementations as files that stay where they are for all gradings, so that no path differs. */
import type { Run } from "../../workbook/contract/model/run.ts";
import { keyOf, place, reds, type Placed } from "../subjects/mutants/cases.ts";
import { mutantsWith, variantsWith } from "../subjects/mutants/chosen.ts";

export interface Subject {
  readonly key: string;
  readonly placed: Placed;
  /** The clause that has to fail, and no other; null: all must pass. */
  readonly meant: string | null;
  /** Its clause is decided by real time (ttl.gentle): it is graded apart, and nothing fails in the usual grading. */
  readonly timed: boolean;
}

const timed = "ttl.gentle";

/** Writes all cases that hold the word. @throws Error when one does not fit; none is left then */
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

/** What failed, if it is not what was meant to; else null. The problem of a run counts where nothing may fail. */
export function notAsMeant({ meant, timed }: Subject, run: Run): string | null {
  const expected = meant === null || timed ? "" : meant;
  const failed = reds(run).join(", ");
  if (failed !== expected) return failed || "nothing";
  if (expected !== "" || run.passed) return null;
  return run.problem ? `problem ${run.problem.kind}: ${run.problem.message}` : "a clause was not reached";
}
