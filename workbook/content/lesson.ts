/** What a lesson is: the schema of lesson.json, and what follows from it. Pure, so that a browser can import it. */
import * as z from "zod";
import type { ClauseId } from "../contract/model/clause.ts";

/** A file of a step, such as "server.ts". It has the same name in lessons/, exercises/ and solutions/. */
export type FileName = `${string}.ts`;

const fileName = z.custom<FileName>(
  (value) => typeof value === "string" && /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*\.ts$/.test(value),
  'must be a file name such as "server.ts"',
);

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
  /** The patch is solutions/NN-slug/ways/NAME.patch. It is not in lessons/, because hand-ins are graded beside those. */
  name: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** The file of the solution that the patch changes. */
  file: fileName,
  /** A few words, with a capital. */
  title: z.string().min(1).max(50),
  /** When to choose it: a sentence or two. */
  when: z.string().regex(/^[A-Z].*\.$/),
});

export const lessonSchema = z
  .strictObject({
    title: z.string().min(1),
    /** The course's section that the lesson covers. */
    section: z.string().min(1),
    minutes: z.number().int().positive(),
    /** What the reader does, in a sentence. */
    task: z.string().min(1),
    /** How the step's files are run: as modules on a virtual clock, or as programs of their own on the real one. */
    runs: z.enum(["memory", "process"]),
    /** The files that the lesson asks to change. The others of the step are handed out as they are. */
    edits: z.array(fileName).min(1),
    /** Every file of the step, and where its starter comes from: "own", or the slug of the lesson whose solution it is. */
    startsFrom: z.record(fileName, z.string()),
    /** A file beside lesson.json with what the starters change of those solutions. */
    patch: z.string().optional(),
    parts: z
      .array(z.strictObject({ title: z.string(), teaches: z.array(z.string()).min(1), guards: z.array(z.string()) }))
      .min(1),
    /** An earlier lesson. All that it grades is graded here too, except the clauses in `less`. */
    keeps: z.strictObject({ lesson: z.string(), less: z.array(z.string()).default([]) }).nullable(),
    /** Clauses that others take the place of: a need of the key is read as a need of the value. */
    replaces: z.record(z.string(), z.string()).default({}),
    quiz: z.array(quizSchema).min(1).max(3),
    /** Exchanges of the learner's own code that the screen of the passed step shows, each under a caption. */
    pictures: z
      .array(z.strictObject({ scenario: z.string(), caption: z.string().min(1).max(76) }))
      .min(1)
      .max(2),
    /** Other right ways than the reference solution, offered once the step is passed. */
    ways: z.array(waySchema).max(3).default([]),
    /** Shell lines to try against `npm run serve N`. `{port}` is replaced. */
    curl: z.array(z.string()).default([]),
  })
  .refine(({ edits, startsFrom }) => edits.every((file) => startsFrom[file] !== undefined), {
    path: ["edits"],
    message: "names a file that startsFrom does not have",
  });

export type Quiz = z.infer<typeof quizSchema>;
export type Way = z.infer<typeof waySchema>;
/** A lesson.json, checked. */
export type LessonData = z.infer<typeof lessonSchema>;

/** Some clauses of a step that belong together. `teaches`: the starter fails them; `guards`: it passes them. */
export interface Part {
  readonly title: string;
  readonly teaches: readonly ClauseId[];
  readonly guards: readonly ClauseId[];
}

export interface Lesson extends Omit<LessonData, "parts" | "keeps"> {
  /** Folder name in lessons/, exercises/ and solutions/, such as "03-polling". */
  readonly slug: string;
  readonly number: number;
  /** Every file of the step, in the order in which they are shown. */
  readonly files: readonly FileName[];
  readonly parts: readonly Part[];
  readonly keeps?: LessonData["keeps"];
  /** Clauses of earlier lessons that are graded here too. */
  readonly kept: readonly ClauseId[];
  /** All that is graded here: `kept`, then part by part. */
  readonly graded: readonly ClauseId[];
}

/** A line of a diff: `-` is removed, `+` is added, a blank is unchanged. */
export interface DiffLine {
  readonly sign: " " | "-" | "+";
  /** From 1. A removed line has its number in the text before, the others theirs in the text after. */
  readonly number: number;
  readonly text: string;
}

/** Changed lines that stand close together, with a few unchanged ones around them. */
export interface DiffPart {
  /** The file that is shown, such as solutions/03-polling/client.ts. */
  readonly file: string;
  readonly lines: readonly DiffLine[];
}

/** Another right way, with its difference to the reference solution. */
export interface ShownWay extends Way {
  readonly parts: readonly DiffPart[];
  /** The same difference as `patch -p0` and `git apply -p0` read it. */
  readonly patch: string;
}

/**
 * A lesson, with what follows from its data and from the lessons before it.
 * @throws Error with a sentence when `keeps` names none of the earlier ones
 */
export function join(slug: string, data: LessonData, earlier: readonly Lesson[]): Lesson {
  const from = data.keeps && earlier.find((lesson) => lesson.slug === data.keeps?.lesson);
  if (data.keeps && !from)
    throw new Error(`lessons/${slug}/lesson.json keeps ${data.keeps.lesson}, which is no earlier lesson.`);
  const less = new Set([...(data.keeps?.less ?? []), ...Object.keys(data.replaces)]);
  const own = data.parts.flatMap((part) => [...part.teaches, ...part.guards]);
  const kept = (from ? from.graded : []).filter((id) => !less.has(id) && !own.includes(id));
  const files = Object.keys(data.startsFrom) as FileName[];
  return { ...data, slug, number: Number(slug.slice(0, 2)), files, kept, graded: [...kept, ...own] };
}

/** The lesson whose solution the starter is made from; null when the lesson brings its own. */
export function startsFrom(lesson: Lesson): string | null {
  return Object.values(lesson.startsFrom).find((from) => from !== "own") ?? null;
}
