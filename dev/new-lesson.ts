/** npm run new lesson 13-slug: for maintainers. Writes the files of a new lesson, with TODO where its author has to write. */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { lessons } from "../workbook/content/catalogue.ts";
import type { Lesson, LessonData } from "../workbook/content/lesson.ts";
import { places, pathFromRoot } from "../workbook/content/places.ts";

const usage = "npm run new lesson 13-many-regions";

/** A sentence for the maintainer; the exit code is 2 then. */
class WrongCall extends Error {}

/** @throws WrongCall when the words name no lesson that could be new */
function slugFrom(words: readonly string[]): string {
  const [kind, slug, more] = words;
  if (kind !== "lesson" || slug === undefined) throw new WrongCall(`Say which lesson is new: ${usage}`);
  if (more !== undefined) throw new WrongCall(`"${more}" is one word too many; a folder name has hyphens: ${usage}`);
  if (!/^\d\d(?:-[a-z0-9]+)+$/.test(slug))
    throw new WrongCall(
      `"${slug}" is no folder name of a lesson: write two digits and lower-case words, as in ${usage}`,
    );
  const taken = lessons().find(({ number }) => number === Number(slug.slice(0, 2)));
  if (taken) throw new WrongCall(`Lesson ${slug.slice(0, 2)} exists already: lessons/${taken.slug}.`);
  const at = places(slug);
  const there = [at.lesson, at.exercise, at.solutions, at.test].find((place) => existsSync(place));
  if (there !== undefined) throw new WrongCall(`${pathFromRoot(there)} exists already, so nothing was written.`);
  return slug;
}

/** Writes all files. The code is the solution of the lesson before, for the starter and for the solution. */
function scaffold(slug: string, before: Lesson): void {
  const at = places(slug);
  for (const folder of [at.lesson, at.exercise, at.solutions]) mkdirSync(folder, { recursive: true });
  for (const file of before.files) {
    const code = places(before.slug).solution(file);
    for (const copy of [at.starter(file), at.solution(file)]) copyFileSync(code, copy);
  }
  const data = dataFor(slug, before);
  writeFileSync(at.data, jsonOf(data), { flag: "wx" });
  writeFileSync(at.text, textFor(slug, data, before), { flag: "wx" });
  writeFileSync(at.spec, specFor(slug, data, before), { flag: "wx" });
  writeFileSync(at.test, `import { suite } from "./suite.ts";\n\nawait suite("${slug}");\n`, { flag: "wx" });
}

function dataFor(slug: string, before: Lesson): LessonData {
  const words = slug.slice(3).replaceAll("-", " ");
  return {
    title: words.charAt(0).toUpperCase() + words.slice(1),
    section: "TODO: the section of the course",
    minutes: 30,
    task: "TODO: what the reader does, in a sentence.",
    runs: before.runs,
    edits: [...before.edits],
    startsFrom: Object.fromEntries(before.files.map((file) => [file, before.slug])),
    parts: [{ title: "TODO", teaches: ["TODO"], guards: [] }],
    keeps: { lesson: before.slug, less: [] },
    replaces: {},
    quiz: [
      {
        question: "TODO",
        answers: ["TODO", "TODO, too", "TODO as well"].map((text, index) => ({ text, right: index === 1 })),
        explanation: "TODO",
      },
    ],
    pictures: [{ scenario: "TODO", caption: "TODO" }],
    ways: [],
    curl: [...before.curl],
  };
}

function textFor(slug: string, { title }: LessonData, { files }: Lesson): string {
  const up = "../..";
  const links = (folder: string) => files.map((file) => `[${file}](${folder}${file})`).join(", ");
  const number = Number(slug.slice(0, 2));
  return `# ${slug.slice(0, 2)} ${title}

Starter: ${links("")} · Your files: [exercises/${slug}/](${up}/exercises/${slug}/) · [SPEC](${up}/exercises/${slug}/SPEC.md) · Solution: ${links(`${up}/solutions/${slug}/`)} · [Suite](${up}/test/${slug}.test.ts)

TODO: the exchange on the wire, and the rule that it teaches.

## What you will do

1. **TODO**: what the part asks for.

\`\`\`text
npm run lesson ${number}
npm run serve ${number}                      port ${3000 + number}
npm run client ${number} genre=poetry
\`\`\`

## What goes wrong in real life

TODO
`;
}

function specFor(slug: string, { title }: LessonData, { files }: Lesson): string {
  const list = files.map((file) => `\`${file}\``).join(" and ");
  return `# ${slug.slice(0, 2)} ${title}: what to build

TODO: what to build, in two sentences.

The text is in [lesson.md](../../lessons/${slug}/lesson.md). Your files go here: ${list}.
\`npm run lesson ${Number(slug.slice(0, 2))}\` puts the starter here and grades what you save.

## Clauses

TODO: a table for each part.
`;
}

/** As the repository's formatter writes it: a list of short texts stands in one line. */
function jsonOf(data: LessonData): string {
  const inOneLine = (list: string) => list.replaceAll(/\n +/g, " ").replace("[ ", "[").replace(" ]", "]");
  const text = JSON.stringify(data, null, 2).replaceAll(/\[(?:\n +"[^\n]*)+\n +\]/g, (list) =>
    inOneLine(list).length < 80 ? inOneLine(list) : list,
  );
  return `${text}\n`;
}

function remaining(slug: string, before: Lesson): string {
  const rows = [
    [`lessons/${slug}/lesson.json`, "parts and their clauses, quiz, pictures, two or three other ways"],
    ["workbook/contract/", "a file for each new clause, and the scenarios that show it"],
    [`solutions/${slug}/`, "the reference solution; in ways/ the patches of the other ways"],
    [`lessons/${slug}/`, `the starter, where it is not the solution of ${before.slug}`],
    [`exercises/${slug}/SPEC.md`, "what to build, clause by clause"],
    [`lessons/${slug}/lesson.md`, "the text"],
    ["test/subjects/", "two mutants or more for each clause, and the variants that have to pass"],
    ["lessons/README.md", "a row for the lesson"],
  ] as const;
  const width = Math.max(...rows.map(([place]) => place.length)) + 2;
  return [
    `Lesson ${slug.slice(0, 2)} has its files, with the code of ${before.slug}. Now write:`,
    "",
    ...rows.map(([place, what]) => `  ${place.padEnd(width)}${what}`),
    "",
    "Then run npm run sync and npm run check, which fails until all of it is done.",
  ].join("\n");
}

try {
  const before = lessons().at(-1);
  if (!before) throw new Error("There is no lesson to start from.");
  const slug = slugFrom(process.argv.slice(2));
  scaffold(slug, before);
  console.log(remaining(slug, before));
} catch (error) {
  if (!(error instanceof WrongCall)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
