/** Marks many submissions, as many side by side as there are cores. */
import { availableParallelism } from "node:os";
import type { Lesson } from "../content/lesson.ts";
import type { Mark } from "../report/mark.ts";
import { compileWorkbook } from "./compiled-workbook.ts";
import type { Submission } from "./find.ts";
import { markSubmission, type MarkOptions } from "./mark-submission.ts";

export interface MarkAllOptions extends Pick<MarkOptions, "seed" | "signal" | "onNote"> {
  /** Called with the marks of each submission; after an abort they may be fewer than the lessons. */
  readonly onMarked: (submission: Submission, marks: readonly Mark[]) => void;
}

/** Each submission is graded by a process with two children, about 400 MB. */
const maxSideBySide = 8;
/** The grader's own limits end every exercise long before, ms. */
const exerciseMs = 180_000;

/** Resolves when all submissions are marked, or the signal has stopped it. */
export async function markAll(
  submissions: readonly Submission[],
  lessons: readonly Lesson[],
  { onMarked, ...options }: MarkAllOptions,
): Promise<void> {
  const { signal } = options;
  const queue = [...submissions];
  const lane = async () => {
    const compiled = await compileWorkbook(signal);
    try {
      for (let next = queue.shift(); next && !signal.aborted; next = queue.shift())
        onMarked(next, await markSubmission(next, lessons, { ...options, exerciseMs, compiled }));
    } finally {
      compiled?.remove();
    }
  };
  const lanes = Math.min(availableParallelism(), maxSideBySide, submissions.length);
  await Promise.all(Array.from({ length: lanes }, lane));
}
