/** The starters and reference solutions, graded; and that no learner's file is in the repository. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { places } from "../../workbook/content/places.ts";
import { grade } from "../../workbook/grade/grade.ts";
import { root } from "../../workbook/root.ts";
import { shareChildren } from "../subjects/mutants/share.ts";

const each = lessons().map((lesson) => [lesson.slug, lesson] as const);

test("no learner's file is tracked", () => {
  const tracked = execFileSync("git", ["ls-files", "exercises"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  expect(
    tracked.filter((file) => !/^exercises\/(tsconfig\.json|README\.md|\d\d-[a-z0-9-]+\/SPEC\.md)$/.test(file)),
  ).toEqual([]);
});

shareChildren();

describe("the starters", () => {
  test.each(each)(
    "%s: all that it keeps passes, what it teaches does not, and something fails",
    async (_slug, lesson) => {
      const at = places(lesson.slug);
      const run = await grade(lesson, { server: at.starter("server.ts"), client: at.starter("client.ts") });
      // The work of 04's starter throws, and nobody catches it: that is what the step teaches.
      const uncaught = lesson.parts.some((part) => part.teaches.includes("fail.survives"));
      expect(run.problem?.kind ?? null).toBe(uncaught ? "throw" : null);
      const verdictOf = new Map(run.verdicts.map((verdict) => [verdict.clause, verdict.verdict]));
      expect(lesson.kept.filter((id) => verdictOf.get(id) !== "pass")).toEqual([]);
      const teaches = lesson.parts.flatMap((part) => part.teaches);
      expect(teaches.filter((id) => verdictOf.get(id) === "pass")).toEqual([]);
      expect(teaches.some((id) => verdictOf.get(id) === "fail")).toBe(true);
    },
  );
});

describe("the reference solutions", () => {
  // A full grading of 06 fills the memory with a hundred thousand jobs: `npm run check` does it, `npm test` does not.
  const heavy = process.env.ACCEPTED_ALL_TESTS !== undefined;
  test.each(each)("%s passes every clause, advice too", { timeout: 120_000 }, async (_slug, lesson) => {
    const at = places(lesson.slug);
    const run = await grade(lesson, { server: at.solution("server.ts"), client: at.solution("client.ts") }, { heavy });
    expect(run.problem).toBeNull();
    expect(run.verdicts.filter((verdict) => verdict.verdict !== "pass")).toEqual([]);
    expect(run.verdicts.map((verdict) => verdict.clause).sort()).toEqual(
      lesson.graded.filter((id) => heavy || id !== "ttl.gentle").sort(),
    );
    expect(run.passed).toBe(true);
  });
});
