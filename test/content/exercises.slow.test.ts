import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { applyPatch } from "diff";
import { describe, expect, test } from "vitest";
import { type Lesson, lessons, places } from "../../workbook/content/catalogue.ts";
import { clauseOf } from "../../workbook/contract/clauses/all.ts";
import type { Side } from "../../workbook/contract/model/recording.ts";
import { grade } from "../../workbook/grade/grade.ts";
import { root } from "../../workbook/root.ts";
import { shareChildren } from "../subjects/mutants/share.ts";

const all = lessons();
const sides: readonly Side[] = ["server", "client"];
const each = all.map((lesson) => [lesson.slug, lesson] as const);

/** What the starter of a side has to be, byte for byte. */
function expectedStarter(lesson: Lesson, side: Side): string {
  const from = lesson.startsFrom[side];
  if (from === "own") return readFileSync(places(lesson.slug).starter(side), "utf8");
  const [slug, kind = "solution"] = from.split(":");
  const file = kind === "starter" ? places(slug ?? "").starter(side) : places(slug ?? "").solution(side);
  const text = readFileSync(file, "utf8");
  const patch =
    lesson.startsFrom.patch && readFileSync(path.join(root, "lessons", lesson.slug, lesson.startsFrom.patch), "utf8");
  if (!patch?.includes(`${side}.ts`)) return text;
  const patched = applyPatch(text, patch);
  if (patched === false)
    throw new Error(`lessons/${lesson.slug}/${lesson.startsFrom.patch} does not apply to ${from}.`);
  return patched;
}

describe("the exercises", () => {
  test("are six, and each grades clauses that exist, none twice", () => {
    expect(all.map((lesson) => lesson.number)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const lesson of all) {
      for (const id of lesson.graded) expect(clauseOf(id).id).toBe(id);
      expect(new Set(lesson.graded).size).toBe(lesson.graded.length);
    }
  });

  test.each(each)("%s has text, SPEC, starters, solutions and suite", (_slug, lesson) => {
    const at = places(lesson.slug);
    const files = [at.text, at.spec, at.test, ...sides.flatMap((side) => [at.starter(side), at.solution(side)])];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test.each(each)("%s hands out exactly the solution that it starts from, with its patch", (_slug, lesson) => {
    for (const side of sides) {
      expect(readFileSync(places(lesson.slug).starter(side), "utf8")).toBe(expectedStarter(lesson, side));
    }
  });

  test("no learner's file is tracked", () => {
    const tracked = execFileSync("git", ["ls-files", "exercises"], { cwd: root, encoding: "utf8" }).trim().split("\n");
    expect(
      tracked.filter((file) => !/^exercises\/(tsconfig\.json|README\.md|\d\d-[a-z0-9-]+\/SPEC\.md)$/.test(file)),
    ).toEqual([]);
  });
});

shareChildren();

describe("the starters", () => {
  test.each(each)(
    "%s: all that it keeps passes, what it teaches does not, and something fails",
    async (_slug, lesson) => {
      const at = places(lesson.slug);
      const run = await grade(lesson, { server: at.starter("server"), client: at.starter("client") });
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
    const run = await grade(lesson, { server: at.solution("server"), client: at.solution("client") }, { heavy });
    expect(run.problem).toBeNull();
    expect(run.verdicts.filter((verdict) => verdict.verdict !== "pass")).toEqual([]);
    expect(run.verdicts.map((verdict) => verdict.clause).sort()).toEqual(
      lesson.graded.filter((id) => heavy || id !== "ttl.gentle").sort(),
    );
    expect(run.passed).toBe(true);
  });
});
