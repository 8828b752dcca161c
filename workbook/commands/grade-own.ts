/** Grades lessons' own files as saves do, with the runner loaded only when it is needed. */
import type { GradeOwn } from "../learner/progress.ts";

export const gradeOwn: GradeOwn = async (own) => {
  const { gradeMany } = await import("../grade/many.ts");
  return await gradeMany(own);
};
