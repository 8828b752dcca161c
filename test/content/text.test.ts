import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import type { Lesson } from "../../workbook/content/lesson.ts";
import { places } from "../../workbook/content/places.ts";
import { blocksOf } from "../../workbook/content/blocks.ts";
import { root } from "../../workbook/root.ts";
import { compareSync } from "../../workbook/content/sync.ts";

const all = lessons();
const each = all.map((lesson) => [lesson.slug, lesson] as const);
const textOf = (file: string): string => readFileSync(file, "utf8").replaceAll("\r\n", "\n");
const lessonText = (lesson: Lesson): string => textOf(places(lesson.slug).text);

/** The words between the blocks of code. */
const prose = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, "");

interface Link {
  readonly words: string;
  readonly to: string;
}

const linksOf = (markdown: string): readonly Link[] =>
  [...prose(markdown).matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)].map(([, words = "", to = ""]) => ({ words, to }));

/** The name by which a Git host links to a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (markdown: string): readonly string[] =>
  [...prose(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

function brokenLinks(file: string): readonly string[] {
  return linksOf(textOf(file))
    .map(({ to }) => to)
    .filter((to) => {
      if (/^https:\/\/[a-z0-9.-]+\.[a-z]+(\/\S*)?$/.test(to)) return false;
      const [where = "", anchor] = to.split("#");
      const target = where === "" ? file : path.resolve(path.dirname(file), where);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor));
    });
}

describe("the texts of the lessons", () => {
  test("show the code that the files have", () => {
    expect(compareSync()).toEqual([]);
  });

  test.each(each)("%s opens with its title and one line of links to all that belongs to it", (slug, lesson) => {
    const [title, blank, links = ""] = lessonText(lesson).split("\n");
    expect(title).toBe(`# ${slug.slice(0, 2)} ${lesson.title}`);
    expect(blank).toBe("");
    const up = "../../";
    expect(linksOf(links).map(({ to }) => to)).toEqual([
      ...lesson.files,
      `${up}exercises/${slug}/`,
      `${up}exercises/${slug}/SPEC.md`,
      ...lesson.files.map((file) => `${up}solutions/${slug}/${file}`),
      `${up}test/${slug}.test.ts`,
    ]);
  });

  test.each([
    ...each.map(([slug, lesson]) => [slug, places(lesson.slug).text] as const),
    ...["README.md", "CONTRACT.md"].map((name) => [name, path.join(root, "lessons", name)] as const),
  ])("%s: every link leads somewhere", (_name, file) => {
    expect(brokenLinks(file)).toEqual([]);
  });

  test.each(each)("%s: a link to an RFC names the section that its words name", (_slug, lesson) => {
    const toRfcs = linksOf(lessonText(lesson)).filter(({ to }) => to.includes("rfc-editor.org"));
    expect(toRfcs.length).toBeGreaterThan(0);
    for (const { words, to } of toRfcs) {
      const [, rfc, section] = /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc(\d+)#section-([\d.]+)$/.exec(to) ?? [];
      expect(section, to).toBeDefined();
      const [, namedRfc, named] = /^RFC (\d+), ([\d.]+)$/.exec(words.replaceAll("\n", " ")) ?? [];
      if (namedRfc) expect([namedRfc, named]).toEqual([rfc, section]);
      if (/^\d+(\.\d+)+$/.test(words)) expect(section).toBe(words);
    }
  });

  test.each(each)("%s says what to do: its parts and the commands with its number", (_slug, lesson) => {
    const text = lessonText(lesson);
    for (const { title } of lesson.parts) expect(text).toContain(`**${title}**`);
    for (const command of ["lesson", "serve", "client"]) expect(text).toContain(`npm run ${command} ${lesson.number}`);
    expect(text).toContain(`port ${3000 + lesson.number}`);
  });

  test.each(each)("%s draws the exchange, and tells what goes wrong in real life", (_slug, lesson) => {
    const text = lessonText(lesson);
    const drawings = blocksOf(text).filter(
      ({ language, code }) => language === "text" && /▶/.test(code) && /◀/.test(code),
    );
    expect(drawings).toHaveLength(1);
    for (const line of drawings[0]?.code.split("\n") ?? []) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toContain("\n## What goes wrong in real life\n");
  });

  test.each(each)("%s reads in five to ten minutes, without a shout", (_slug, lesson) => {
    const words = prose(lessonText(lesson)).split(/\s+/).length;
    expect(words).toBeGreaterThan(800);
    expect(words).toBeLessThan(2300);
    expect(prose(lessonText(lesson)).replaceAll(/<!--|`[^`]*`/g, "")).not.toMatch(/!/);
  });

  test.each(each)("%s: every block of TypeScript is from a file or called a sketch", (_slug, lesson) => {
    const blocks = blocksOf(lessonText(lesson));
    const unnamed = blocks.filter(
      ({ language, source, before }) => language === "ts" && !source && !before.startsWith("<!-- sketch: "),
    );
    expect(unnamed).toEqual([]);
    for (const { source, language } of blocks)
      if (source) expect(source.file.split(".").at(-1)).toBe(language === "diff" ? "patch" : language);
  });

  test.each(each)("%s shows its own starter, and nothing of its own solution or a later one", (slug, lesson) => {
    const at = places(slug);
    const given = new Set(
      lesson.files.map(at.starter).flatMap((file) =>
        textOf(file)
          .split("\n")
          .map((line) => line.trim()),
      ),
    );
    const solution = lesson.files.map(at.solution).flatMap((file) =>
      textOf(file)
        .split("\n")
        .map((line) => line.trim()),
    );
    const secret = new Set(solution.filter((line) => line.length > 20 && !given.has(line)));
    for (const { language, code, source } of blocksOf(lessonText(lesson))) {
      if (source) {
        const [tree, of = ""] = source.file.split("/");
        expect(tree === "lessons" ? of : of < slug).toBe(tree === "lessons" ? slug : true);
      }
      if (language === "ts") expect(code.split("\n").filter((line) => secret.has(line.trim()))).toEqual([]);
    }
  });

  test.each(each.filter(([, lesson]) => lesson.patch))(
    "%s shows the patch to those who go on with their own files",
    (slug, lesson) => {
      const shown = blocksOf(lessonText(lesson)).map(({ source }) => source?.file);
      expect(shown).toContain(`lessons/${slug}/${lesson.patch}`);
    },
  );
});

describe("the quiz", () => {
  const questions = all.flatMap((lesson) =>
    lesson.quiz.map((quiz) => [`${lesson.slug}: ${quiz.question}`, quiz] as const),
  );

  test.each(questions)("%s", (_name, quiz) => {
    expect(quiz.answers.length).toBeGreaterThanOrEqual(3);
    expect(quiz.answers.length).toBeLessThanOrEqual(4);
    expect(quiz.answers.filter((answer) => answer.right)).toHaveLength(1);
    expect(new Set(quiz.answers.map(({ text }) => text)).size).toBe(quiz.answers.length);
    expect(quiz.explanation.split(/\s+/).length).toBeGreaterThan(30);
  });

  test("does not give itself away by the place or the length of the right answer", () => {
    const places = questions.map(([, { answers }]) => answers.findIndex((answer) => answer.right));
    expect(new Set(places).size).toBeGreaterThanOrEqual(3);
    const longest = questions.filter(([, { answers }]) => {
      const [first] = [...answers].sort((a, b) => b.text.length - a.text.length);
      return first?.right;
    });
    expect(longest.length).toBeLessThan(questions.length / 2);
  });

  test("asks in 02 why there is a Location, and answers that no RFC demands it", () => {
    const asked = all[1]?.quiz.find(({ question }) => question.includes("Location"));
    expect(asked?.explanation).toMatch(/convention/);
    expect(asked?.explanation).toMatch(/RFC/);
  });
});

describe("the list of lessons", () => {
  const readme = textOf(path.join(root, "lessons", "README.md"));

  test("has every lesson, and names those to come", () => {
    const listed = linksOf(readme).filter(({ to }) => to.endsWith("/lesson.md"));
    expect(listed.map(({ to }) => to)).toEqual(all.map(({ slug }) => `${slug}/lesson.md`));
    expect(listed.map(({ words }) => words)).toEqual(all.map(({ slug, title }) => `${slug.slice(0, 2)} ${title}`));
    for (const later of ["07", "08", "09", "10"]) expect(readme).toMatch(new RegExp(`${later} [A-Z]`));
  });

  test("explains its words in the order of the alphabet", () => {
    const words = [...readme.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, word = ""]) => word.toLowerCase());
    expect(words.length).toBeGreaterThan(20);
    expect(words).toEqual([...words].sort((a, b) => a.localeCompare(b, "en")));
  });
});
