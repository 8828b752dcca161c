/** Grades a lesson's own files as a save does, with the runner loaded only when it is needed. */
import type { GradeOwn } from "../progress.ts";

export const gradeOwn: GradeOwn = async (lesson, subject) => {
  const { grade } = await import("../grade.ts");
  return await grade(lesson, subject);
};
