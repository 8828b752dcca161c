/** Reads the lessons from lessons/NN-slug/lesson.json. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { root } from "../root.ts";
import { join, lessonSchema, type Lesson, type LessonData } from "./lesson.ts";
import { places } from "./places.ts";

let read: readonly Lesson[] | undefined;

/** All lessons in order. Read once. @throws Error with a sentence when a lesson.json is wrong */
export function lessons(): readonly Lesson[] {
  return (read ??= slugs().reduce<Lesson[]>((earlier, slug) => [...earlier, join(slug, dataOf(slug), earlier)], []));
}

function slugs(): readonly string[] {
  return readdirSync(path.join(root, "lessons"))
    .filter((name) => /^\d\d-/.test(name) && existsSync(places(name).data))
    .sort();
}

function dataOf(slug: string): LessonData {
  const parsed = lessonSchema.safeParse(JSON.parse(readFileSync(places(slug).data, "utf8")));
  if (!parsed.success) throw new Error(`lessons/${slug}/lesson.json is wrong: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * The lesson that a word names: a number ("3", "03"), a slug ("03-polling"), a slug without its number ("polling"), or a
 * path that ends in one of these.
 * @returns undefined when there is none
 */
export function findLesson(word: string): Lesson | undefined {
  const all = lessons();
  if (/^\d{1,2}$/.test(word)) return all.find((lesson) => lesson.number === Number(word));
  const name = word
    .replace(/[\\/]+$/, "")
    .split(/[\\/]/)
    .pop()
    ?.toLowerCase();
  return all.find((lesson) => lesson.slug === name || lesson.slug.slice(3) === name);
}
