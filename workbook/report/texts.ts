/**
 * What clauses and lessons say, without their checks and file paths: plain data. A session's view carries these texts
 * and not only ids, so a browser can show it with neither the contract nor the lessons' files, and a test can make one
 * by hand.
 */
import type { Lesson } from "../content/lesson.ts";
import { clauses } from "../contract/clauses/all.ts";
import type { Clause } from "../contract/model/clause.ts";

export type ClauseText = Pick<Clause, "id" | "side" | "level" | "sentence" | "why" | "source" | "hints" | "scenarios">;

/** Enough to name a lesson: "03  Polling". */
export type LessonName = Pick<Lesson, "slug" | "number" | "title">;

export type LessonText = LessonName &
  Pick<Lesson, "minutes" | "task" | "edits" | "parts" | "keeps" | "kept" | "quiz" | "pictures" | "ways">;

export function clauseText({ id, side, level, sentence, why, source, hints, scenarios }: Clause): ClauseText {
  return { id, side, level, sentence, why, source, hints, scenarios };
}

/** The clauses that a lesson grades, in contract order. */
export function clauseTexts({ graded }: Pick<Lesson, "graded">): ClauseText[] {
  return clauses.filter(({ id }) => graded.includes(id)).map(clauseText);
}

export function lessonName({ slug, number, title }: LessonName): LessonName {
  return { slug, number, title };
}

export function lessonText(lesson: LessonText): LessonText {
  const { minutes, task, edits, parts, keeps = null, kept, quiz, pictures, ways } = lesson;
  return { ...lessonName(lesson), minutes, task, edits, parts, keeps, kept, quiz, pictures, ways };
}
