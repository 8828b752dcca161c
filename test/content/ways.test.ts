/** Other right ways, as the lessons name them. test/subjects/variants grades each of them. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { places } from "../../workbook/content/places.ts";
import { readNamed } from "../../workbook/content/read-named.ts";
import { compareWays, shownWays, wayFile } from "../../workbook/content/ways.ts";

const each = lessons().map((lesson) => [lesson.slug, lesson] as const);

describe("other right ways", () => {
  test.each(each)("%s has two or three, with names of their own", (_slug, { ways }) => {
    expect(ways.length).toBeGreaterThanOrEqual(2);
    expect(ways.length).toBeLessThanOrEqual(3);
    expect(new Set(ways.map(({ name }) => name)).size).toBe(ways.length);
  });

  test.each(each)("%s says of each when one would choose it, briefly", (_slug, { ways }) => {
    for (const { title, when } of ways) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(when).toMatch(/^Choose it when [^.]{10,}/);
      expect(when.length).toBeLessThanOrEqual(230);
    }
  });

  test.each(each)(
    "%s: each patch fits the solution as it stands, and changes a file that the step edits",
    (_slug, lesson) => {
      for (const way of lesson.ways) {
        expect(lesson.edits).toContain(way.file);
        expect(wayFile(lesson, way).text).not.toBe(readNamed(places(lesson.slug).solution(way.file)).text);
      }
    },
  );

  test.each(each)("%s has no patch that the lesson does not name", (slug, { ways }) => {
    const folder = path.dirname(places(slug).way("any"));
    expect(readdirSync(folder).sort()).toEqual(ways.map(({ name }) => `${name}.patch`).sort());
  });

  test("have patches as npm run sync writes them", () => {
    expect(compareWays()).toEqual([]);
  });

  test("are shown with every change of their patches", () => {
    const changes = (lines: readonly string[]) => lines.filter((line) => /^[-+](?![-+]{2} )/.test(line));
    for (const lesson of lessons()) {
      for (const { parts, patch } of shownWays(lesson)) {
        const lines = parts.flatMap((part) => part.lines.map(({ sign, text }) => sign + text));
        expect(changes(lines)).toEqual(changes(patch.split("\n")));
        expect(lines.length).toBeGreaterThan(changes(lines).length);
      }
    }
  });

  test("lie where no hand-in is graded: not among the lessons", () => {
    const handedOut = lessons().flatMap(({ slug }) => readdirSync(path.dirname(places(slug).text)));
    expect(handedOut.filter((name) => name === "ways")).toEqual([]);
  });
});
