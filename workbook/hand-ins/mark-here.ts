/** Grades the exercises of this copy of the workbook and prints their marks, a line of JSON each. Runs in a sandbox. */
import { lessons } from "../content/catalogue.ts";
import { compileChild } from "../grade/again.ts";
import { gradeInTurn } from "../grade/many.ts";
import { ownSubject } from "../learner/progress.ts";
import { markOf, markSchema, type Mark } from "../report/mark.ts";

/** The word after `grade` that starts it. Not for people. */
export const marksWord = "rows";

/**
 * Prints each mark as soon as it is known, and ends with the process that started it. Heavy scenarios are left out, since
 * no mark depends on them. Without an exercise it only compiles what a grading needs.
 * @param args the seed, and the lessons' slugs
 */
export async function printMarks([seed = "1", ...slugs]: readonly string[]): Promise<void> {
  process.stdin.resume().on("end", () => process.exit(0));
  if (slugs.length === 0) await compileChild();
  const asked = lessons().filter(({ slug }) => slugs.includes(slug));
  const tasks = asked.map((lesson) => ({ lesson, subject: ownSubject(lesson) }));
  await gradeInTurn(tasks, { seed: Number(seed) }, (run, { lesson }) => {
    process.stdout.write(`${JSON.stringify(markOf(lesson, run))}\n`);
  });
}

/** @returns null for a line that is not a mark */
export function readMark(line: string): Mark | null {
  try {
    return markSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
