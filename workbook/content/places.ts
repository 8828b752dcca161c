/** Where the files of a lesson are, and how people read their paths. */
import path from "node:path";
import { root } from "../root.ts";
import type { FileName } from "./lesson.ts";

/** Absolute paths of a lesson's files and folders. They need not exist. */
export function places(slug: string) {
  const lesson = path.join(root, "lessons", slug);
  const exercise = path.join(root, "exercises", slug);
  const solutions = path.join(root, "solutions", slug);
  return {
    /** The folder of the text, the data and the starters. */
    lesson,
    /** The folder of the learner's files. */
    exercise,
    /** The folder of the reference solution. */
    solutions,
    data: path.join(lesson, "lesson.json"),
    text: path.join(lesson, "lesson.md"),
    spec: path.join(exercise, "SPEC.md"),
    test: path.join(root, "test", `${slug}.test.ts`),
    starter: (file: FileName) => path.join(lesson, file),
    mine: (file: FileName) => path.join(exercise, file),
    solution: (file: FileName) => path.join(solutions, file),
    way: (name: string) => path.join(solutions, "ways", `${name}.patch`),
  };
}

/** A file's path as people read it: from the workbook's folder, with slashes on every system. */
export function pathFromRoot(file: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}
