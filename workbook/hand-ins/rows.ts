/** One grading as a row of marks, and the lines by which the process of a hand-in tells them. */
import * as z from "zod";
import { lessons } from "../content/catalogue.ts";
import type { Lesson } from "../content/lesson.ts";
import { clauses } from "../contract/clauses/all.ts";
import { grade } from "../grade/grade.ts";
import { ownSubject } from "../learner/progress.ts";
import { summarise } from "../report/summary.ts";
import { withSharedChildren } from "../run/memory/pool.ts";
import { childProgram } from "../run/memory/program.ts";
import type { Run } from "../contract/model/run.ts";

const markSchema = z.strictObject({
  /** The lesson's slug. */
  exercise: z.string(),
  passed: z.boolean(),
  /** How many clauses that must pass do. */
  passes: z.number().int(),
  /** Of so many that are graded. */
  of: z.number().int(),
  /** The first clause that fails, in the order of the step. */
  open: z.string().nullable(),
  /** Kind and sentence. */
  problem: z.string().nullable(),
  seconds: z.number(),
});

/** What is known of one student's exercise. */
export type Mark = z.infer<typeof markSchema>;

/** The word behind `grade` that starts the process of one hand-in. Not for people. */
export const rowsWord = "rows";

/**
 * Grades the files in exercises/ of this copy of the workbook, and prints a line of JSON an exercise as soon as it is
 * known. What takes long and counts for no mark (ttl.gentle) is left out. With no exercise it only compiles what a
 * grading needs. Ends with the process that started it.
 */
export async function printRows([seed = "1", ...slugs]: readonly string[]): Promise<void> {
  process.stdin.resume().on("end", () => process.exit(0));
  if (slugs.length === 0) await childProgram("warm");
  await withSharedChildren(async () => {
    for (const lesson of lessons().filter(({ slug }) => slugs.includes(slug))) {
      const run = await grade(lesson, ownSubject(lesson), { seed: Number(seed) });
      process.stdout.write(`${JSON.stringify(markOf(lesson, run))}\n`);
    }
  });
}

/** @returns null for a line that is no mark */
export function readMark(line: string): Mark | null {
  try {
    return markSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A row of what could not be graded at all. */
export function unmarked(lesson: Lesson, problem: string, seconds = 0): Mark {
  return { exercise: lesson.slug, passed: false, passes: 0, of: mustsOf(lesson), open: null, problem, seconds };
}

function markOf(lesson: Lesson, run: Run): Mark {
  const { problem, verdicts } = run;
  return {
    exercise: lesson.slug,
    passed: run.passed,
    passes: verdicts.filter(({ level, verdict }) => level === "must" && verdict === "pass").length,
    of: mustsOf(lesson),
    open: summarise(lesson, clauses, verdicts).open?.clause ?? null,
    problem: problem && `${problem.kind}: ${problem.message}`,
    seconds: run.elapsedMs / 1_000,
  };
}

function mustsOf({ graded }: Lesson): number {
  return clauses.filter(({ id, level }) => level === "must" && graded.includes(id)).length;
}
