/** Grades one subject by the clauses of one lesson. Every way in calls this function. */
import type { Lesson } from "../content/lesson.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { refillSoon } from "../run/memory/pool.ts";
import { gradeHttp } from "./http.ts";
import { gradeFiles } from "./memory.ts";
import type { GradeOptions } from "./options.ts";
import { isHttp } from "./subject.ts";

/**
 * Grades a subject: files in child processes on the virtual clock; a URL or a command over sockets on the real clock.
 * @throws Error with a sentence for a URL or a command where the lesson is graded by files only; the reason of
 * `options.signal`; else only for a fault of the workbook itself
 */
export async function grade(lesson: Lesson, subject: Subject, options: GradeOptions = {}): Promise<Run> {
  if (isHttp(subject)) return await gradeHttp(lesson, subject, options);
  if (lesson.runs === "process") throw new Error(`Exercise ${lesson.number} needs a runner that does not exist yet.`);
  try {
    return await gradeFiles(lesson, subject, options);
  } finally {
    refillSoon();
  }
}
