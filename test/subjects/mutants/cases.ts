/** Wrong and right implementations as data: a reference solution with some of its text swapped, or a whole file. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findLesson, places, type Lesson } from "../../../workbook/content/catalogue.ts";
import type { ClauseId } from "../../../workbook/contract/model/clause.ts";
import type { Side } from "../../../workbook/contract/model/recording.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";
import type { GradeOptions } from "../../../workbook/grade/options.ts";
import { grade, type FileSubject } from "../../../workbook/grade/grade.ts";
import { root } from "../../../workbook/root.ts";

/** Text to find in the solution, and what stands there instead. It occurs once, unless `all` is true. */
export interface Edit {
  readonly find: string;
  readonly replace: string;
  readonly all?: boolean;
}

/** Where a case comes from: edits of the solution of its exercise, or a whole source. */
export interface Case {
  /** Unique in its exercise and side; also a file name. */
  readonly name: string;
  /** The slug of the exercise by which it is graded. */
  readonly exercise: string;
  readonly side: Side;
  readonly edits?: readonly Edit[];
  readonly source?: string;
}

/** A wrong implementation: exactly one clause names it. */
export interface Mutant extends Case {
  readonly clause: ClauseId;
  /** What a teacher would say of it. */
  readonly remark: string;
}

/** A right implementation that differs from the solution: every clause passes. */
export interface Variant extends Case {
  /** When one would choose it. */
  readonly when: string;
}

/** `find` becomes `replace`, once. */
export function swap(find: string, replace: string): Edit {
  return { find, replace };
}

/**
 * The text of a case.
 * @throws Error when an edit does not fit the solution (any more).
 */
export function sourceOf({ name, exercise, side, edits = [], source }: Case): string {
  let text = source ?? readFileSync(places(exercise).solution(side), "utf8");
  for (const { find, replace, all } of edits) {
    const parts = text.split(find);
    if (parts.length === 1) throw new Error(`${name}: the ${side} of ${exercise} has no text ${JSON.stringify(find)}`);
    if (parts.length > 2 && !all) throw new Error(`${name}: more than one ${JSON.stringify(find)}`);
    text = parts.join(replace);
  }
  return text;
}

/** A case as a file that can be graded. */
export interface Placed {
  readonly lesson: Lesson;
  readonly subject: FileSubject;
  remove(): void;
}

/**
 * Writes a case into a folder of its own.
 * @throws Error when there is no such exercise, or an edit does not fit
 */
export function place(one: Case): Placed {
  const lesson = findLesson(one.exercise);
  if (!lesson) throw new Error(`${one.name}: there is no exercise ${one.exercise}`);
  const text = sourceOf(one);
  const home = path.join(root, ".workbook");
  mkdirSync(home, { recursive: true });
  // Two folders below the root, as exercises are: the path of books.json is relative.
  const folder = mkdtempSync(path.join(home, "case-"));
  const file = path.join(folder, `${one.side}.ts`);
  writeFileSync(file, text);
  return {
    lesson,
    subject: one.side === "server" ? { server: file } : { client: file },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Grades a case by the clauses of its exercise, its side alone. */
export async function gradeCase(one: Case, options: GradeOptions = {}): Promise<Run> {
  const { lesson, subject, remove } = place(one);
  try {
    return await grade(lesson, subject, options);
  } finally {
    remove();
  }
}

/** A name for lists: exercise, side and name. */
export function keyOf({ exercise, side, name }: Case): string {
  return `${exercise.slice(0, 2)} ${side} ${name}`;
}

/** The clauses that failed, in contract order. */
export function reds(run: Run): ClauseId[] {
  return run.verdicts.filter(({ verdict }) => verdict === "fail").map(({ clause }) => clause);
}
