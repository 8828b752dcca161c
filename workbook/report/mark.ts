/** A grading as a mark: one row of a teacher's table. */
import * as z from "zod";
import type { Lesson } from "../content/lesson.ts";
import { clauses } from "../contract/clauses/all.ts";
import type { Run } from "../contract/model/run.ts";
import { summarise } from "./summary.ts";

export const markSchema = z.strictObject({
  /** The lesson's slug. */
  exercise: z.string(),
  passed: z.boolean(),
  /** How many `must` clauses pass. */
  passes: z.number().int(),
  /** How many `must` clauses are graded. */
  of: z.number().int(),
  /** The first clause that fails, in the order of the lesson. */
  open: z.string().nullable(),
  /** Kind and sentence. */
  problem: z.string().nullable(),
  seconds: z.number(),
});

/** What is known of one student's exercise. */
export type Mark = z.infer<typeof markSchema>;

export function markOf(lesson: Lesson, { passed, verdicts, problem, elapsedMs }: Run): Mark {
  return {
    exercise: lesson.slug,
    passed,
    passes: verdicts.filter(({ level, verdict }) => level === "must" && verdict === "pass").length,
    of: mustsOf(lesson),
    open: summarise(lesson, clauses, verdicts).open?.clause ?? null,
    problem: problem && `${problem.kind}: ${problem.message}`,
    seconds: elapsedMs / 1_000,
  };
}

/** The mark of what could not be graded at all. */
export function noMark(lesson: Lesson, problem: string, seconds = 0): Mark {
  return { exercise: lesson.slug, passed: false, passes: 0, of: mustsOf(lesson), open: null, problem, seconds };
}

function mustsOf({ graded }: Lesson): number {
  return clauses.filter(({ id, level }) => level === "must" && graded.includes(id)).length;
}
