/** Wrong and right implementations as data: a reference solution with some text replaced, or a whole file. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findLesson } from "../../../workbook/content/catalogue.ts";
import { places } from "../../../workbook/content/places.ts";
import type { Lesson } from "../../../workbook/content/lesson.ts";
import type { ClauseId } from "../../../workbook/contract/model/clause.ts";
import type { Side } from "../../../workbook/contract/model/recording.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";
import type { GradeOptions } from "../../../workbook/grade/options.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import type { FileSubject } from "../../../workbook/grade/subject.ts";
import { root } from "../../../workbook/root.ts";

/** Replaces a text of the solution. The text occurs exactly once, unless `all` is true. */
export interface Edit {
  readonly find: string;
  readonly replace: string;
  readonly all?: boolean;
}

/** An implementation: its exercise's solution with edits, or a whole source. */
export interface Case {
  /** Unique for its exercise and side. Also a file name. */
  readonly name: string;
  /** The slug of the exercise whose clauses grade it. */
  readonly exercise: string;
  readonly side: Side;
  readonly edits?: readonly Edit[];
  readonly source?: string;
}

/** A wrong implementation. It fails exactly one clause. */
export interface Mutant extends Case {
  readonly clause: ClauseId;
  /** What a teacher would say about it. */
  readonly remark: string;
}

/** A right implementation that differs from the solution. It passes every clause. */
export interface Variant extends Case {
  /** When you would choose it. */
  readonly when: string;
}

/** An edit that replaces a text that occurs once. */
export function swap(find: string, replace: string): Edit {
  return { find, replace };
}

/**
 * The source text of a case.
 * @throws Error when an edit does not fit the solution
 */
export function sourceOf({ name, exercise, side, edits = [], source }: Case): string {
  let text = source ?? readFileSync(places(exercise).solution(`${side}.ts`), "utf8");
  for (const { find, replace, all } of edits) {
    const parts = text.split(find);
    if (parts.length === 1)
      throw new Error(`${name}: the ${side} of ${exercise} does not contain ${JSON.stringify(find)}`);
    if (parts.length > 2 && !all) throw new Error(`${name}: contains more than one ${JSON.stringify(find)}`);
    text = parts.join(replace);
  }
  return text;
}

/** A case as a file, ready to be graded. */
export interface Placed {
  readonly lesson: Lesson;
  readonly subject: FileSubject;
  remove(): void;
}

/**
 * Writes a case into its own folder.
 * @throws Error when there is no such exercise, or an edit does not fit
 */
export function place(one: Case): Placed {
  const lesson = findLesson(one.exercise);
  if (!lesson) throw new Error(`${one.name}: there is no exercise ${one.exercise}`);
  const text = sourceOf(one);
  const home = path.join(root, ".workbook");
  mkdirSync(home, { recursive: true });
  // As deep below the root as exercises are, because their path of books.json is relative.
  const folder = mkdtempSync(path.join(home, "case-"));
  const file = path.join(folder, `${one.side}.ts`);
  writeFileSync(file, text);
  return {
    lesson,
    subject: one.side === "server" ? { server: file } : { client: file },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Grades a case with the clauses of its exercise and side. */
export async function gradeCase(one: Case, options: GradeOptions = {}): Promise<Run> {
  const { lesson, subject, remove } = place(one);
  try {
    return await grade(lesson, subject, options);
  } finally {
    remove();
  }
}

/** A unique name, such as "04 server no-catch". */
export function keyOf({ exercise, side, name }: Case): string {
  return `${exercise.slice(0, 2)} ${side} ${name}`;
}

/** The failed clauses, in the order of the contract. */
export function reds(run: Run): ClauseId[] {
  return run.verdicts.filter(({ verdict }) => verdict === "fail").map(({ clause }) => clause);
}
