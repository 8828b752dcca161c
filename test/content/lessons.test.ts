/** That each lesson is whole: its data, and all the files that belong to it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { applyPatch } from "diff";
import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import type { FileName, Lesson } from "../../workbook/content/lesson.ts";
import { places, pathFromRoot } from "../../workbook/content/places.ts";
import { readNamed } from "../../workbook/content/read-named.ts";
import { clauses } from "../../workbook/contract/clauses/all.ts";
import { scenarios } from "../../workbook/contract/scenarios/all.ts";

const all = lessons();
const each = all.map((lesson) => [lesson.slug, lesson] as const);
const ids = new Set(clauses.map(({ id }) => id));

/** What the starter of a file has to be, byte for byte. */
function expectedStarter(lesson: Lesson, file: FileName): string {
  const from = lesson.startsFrom[file] ?? "own";
  const at = places(lesson.slug);
  if (from === "own") return readFileSync(at.starter(file), "utf8");
  const text = readFileSync(places(from).solution(file), "utf8");
  const patch = lesson.patch === undefined ? "" : readFileSync(path.join(at.lesson, lesson.patch), "utf8");
  if (!patch.includes(file)) return text;
  const patched = applyPatch(text, patch);
  if (patched === false) throw new Error(`lessons/${lesson.slug}/${lesson.patch} does not apply to ${from}.`);
  return patched;
}

/** The texts that an author writes for a lesson. */
function writtenFiles(lesson: Lesson): string[] {
  const at = places(lesson.slug);
  const ways = lesson.ways.map(({ name }) => at.way(name));
  return [at.data, at.text, at.spec, ...lesson.files.flatMap((file) => [at.starter(file), at.solution(file)]), ...ways];
}

describe("the lessons", () => {
  test("are numbered from 1, without a gap", () => {
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
  });

  test.each(each)("%s has a folder name of plain words", (slug) => {
    expect(slug).toMatch(/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test.each(each)("%s grades clauses that exist, none twice", (_slug, { graded, keeps, replaces }) => {
    expect(graded.filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(graded).size).toBe(graded.length);
    const named = [...(keeps?.less ?? []), ...Object.entries(replaces).flat()];
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  test.each(each)("%s shows pictures of scenarios that exist", (_slug, { pictures }) => {
    expect(pictures.filter(({ scenario }) => !scenarios.has(scenario))).toEqual([]);
  });

  test.each(each)("%s has text, SPEC, starters, solutions and suite", (_slug, lesson) => {
    const files = [...writtenFiles(lesson), places(lesson.slug).test];
    expect(files.filter((file) => !existsSync(file)).map(pathFromRoot)).toEqual([]);
  });

  test.each(each)("%s has nothing left to write", (_slug, lesson) => {
    const unwritten = writtenFiles(lesson).filter((file) => /\bTODO\b/.test(readFileSync(file, "utf8")));
    expect(unwritten.map(pathFromRoot)).toEqual([]);
  });

  test.each(each)("%s changes no file but those that it asks to edit", (_slug, lesson) => {
    const at = places(lesson.slug);
    const same = lesson.files.filter((file) => readNamed(at.starter(file)).text === readNamed(at.solution(file)).text);
    expect(lesson.files.filter((file) => !same.includes(file))).toEqual(
      lesson.files.filter((file) => lesson.edits.includes(file)),
    );
  });

  test.each(each)("%s has no file that startsFrom does not name", (_slug, lesson) => {
    const at = places(lesson.slug);
    const code = [at.lesson, at.solutions].flatMap((folder) =>
      readdirSync(folder).filter((name) => name.endsWith(".ts")),
    );
    expect(code.filter((name) => !lesson.files.some((file) => file === name))).toEqual([]);
  });

  test.each(each)("%s hands out exactly the solution that it starts from, with its patch", (_slug, lesson) => {
    for (const file of lesson.files) {
      expect(readFileSync(places(lesson.slug).starter(file), "utf8")).toBe(expectedStarter(lesson, file));
    }
  });
});
