/** The lessons as data: lessons/NN-slug/lesson.json, checked and joined to what each exercise grades. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { ClauseId } from "../contract/model/clause.ts";
import type { Side } from "../contract/model/recording.ts";
import { root } from "../root.ts";

const sides = z.enum(["server", "client"]);

const quizSchema = z.strictObject({
  question: z.string().min(1),
  answers: z
    .array(z.strictObject({ text: z.string().min(1), right: z.boolean().default(false) }))
    .min(2)
    .max(5),
  /** Shown after any answer: why the right one is right, and what is wrong with the others. */
  explanation: z.string().min(1),
});

const waySchema = z.strictObject({
  /** The patch is solutions/NN-slug/ways/NAME.patch: like the solution itself it is in no room where hand-ins are graded. */
  name: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  side: sides,
  /** A few words, with a capital. */
  title: z.string().min(1).max(50),
  /** When one would choose it: a sentence or two. */
  when: z.string().regex(/^[A-Z].*\.$/),
});

const lessonSchema = z.strictObject({
  title: z.string().min(1),
  /** The course's section that the lesson covers. */
  section: z.string().min(1),
  minutes: z.number().int().positive(),
  /** What the reader does, in a sentence. */
  task: z.string().min(1),
  /** Which files the lesson asks to change. Both are always graded. */
  edits: z.array(sides).min(1),
  /** Where each starter comes from: "own", or the slug of a solution; `patch` is applied to the solution then. */
  startsFrom: z.strictObject({ server: z.string(), client: z.string(), patch: z.string().optional() }),
  parts: z
    .array(z.strictObject({ title: z.string(), teaches: z.array(z.string()).min(1), guards: z.array(z.string()) }))
    .min(1),
  /** The exercise whose clauses go on being graded, less the ones named. */
  keeps: z.strictObject({ lesson: z.string(), less: z.array(z.string()).default([]) }).nullable(),
  /** Needs on the key are read as needs on the value. */
  replaces: z.record(z.string(), z.string()).default({}),
  quiz: z.array(quizSchema).min(1).max(3),
  /** What the screen of the passed step shows of the learner's own code: exchanges, each under a caption. */
  pictures: z
    .array(z.strictObject({ scenario: z.string(), caption: z.string().min(1).max(76) }))
    .min(1)
    .max(2),
  /** Other right ways than the reference solution, offered once the step is passed. */
  ways: z.array(waySchema).max(3).default([]),
  /** Shell lines to try against `npm run serve N`. `{port}` is replaced. */
  curl: z.array(z.string()).default([]),
});

export type Quiz = z.infer<typeof quizSchema>;
export type Way = z.infer<typeof waySchema>;
export type LessonData = z.infer<typeof lessonSchema>;

export interface Part {
  readonly title: string;
  readonly teaches: readonly ClauseId[];
  readonly guards: readonly ClauseId[];
}

export interface Lesson extends Omit<LessonData, "parts" | "keeps"> {
  /** Folder name in lessons/, exercises/ and solutions/, such as "03-polling". */
  readonly slug: string;
  readonly number: number;
  readonly parts: readonly Part[];
  /** As in lesson.json: the exercise whose clauses are kept. */
  readonly keeps?: LessonData["keeps"];
  /** Clauses of earlier exercises that are graded here too. */
  readonly kept: readonly ClauseId[];
  /** kept, then part by part: all that is graded here. */
  readonly graded: readonly ClauseId[];
}

/** Absolute paths of a lesson's places. */
export function places(slug: string) {
  const file = (tree: string, name: string) => path.join(root, tree, slug, name);
  return {
    text: file("lessons", "lesson.md"),
    starter: (side: Side) => file("lessons", `${side}.ts`),
    solution: (side: Side) => file("solutions", `${side}.ts`),
    exercise: path.join(root, "exercises", slug),
    way: (name: string) => path.join(root, "solutions", slug, "ways", `${name}.patch`),
    spec: file("exercises", "SPEC.md"),
    mine: (side: Side) => file("exercises", `${side}.ts`),
    test: path.join(root, "test", `${slug}.test.ts`),
  };
}

let cached: readonly Lesson[] | undefined;

/** All lessons in order. @throws Error with a sentence when a lesson.json is wrong. */
export function lessons(): readonly Lesson[] {
  if (cached) return cached;
  const slugs = readdirSync(path.join(root, "lessons"))
    .filter((name) => /^\d\d-/.test(name) && existsSync(path.join(root, "lessons", name, "lesson.json")))
    .sort();
  const done: Lesson[] = [];
  for (const slug of slugs) done.push(join(slug, read(slug), done));
  return (cached = done);
}

function read(slug: string): LessonData {
  const file = path.join(root, "lessons", slug, "lesson.json");
  const parsed = lessonSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`lessons/${slug}/lesson.json is wrong: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function join(slug: string, data: LessonData, earlier: readonly Lesson[]): Lesson {
  const from = data.keeps && earlier.find((lesson) => lesson.slug === data.keeps?.lesson);
  if (data.keeps && !from)
    throw new Error(`lessons/${slug}/lesson.json keeps ${data.keeps.lesson}, which is no earlier lesson.`);
  const less = new Set([...(data.keeps?.less ?? []), ...Object.keys(data.replaces)]);
  const own = data.parts.flatMap((part) => [...part.teaches, ...part.guards]);
  const kept = (from ? from.graded : []).filter((id) => !less.has(id) && !own.includes(id));
  return { ...data, slug, number: Number(slug.slice(0, 2)), kept, graded: [...kept, ...own] };
}

/**
 * The lesson that a word names: a number ("3", "03"), a slug ("03-polling") or a slug without its number ("polling").
 * @returns undefined when there is none.
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
