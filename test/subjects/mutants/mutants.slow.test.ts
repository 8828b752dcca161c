import { describe, expect, test } from "vitest";
import { findLesson, lessons } from "../../../workbook/content/catalogue.ts";
import { mutants } from "./all.ts";
import { gradeCase, keyOf, reds, sourceOf } from "./cases.ts";
import { shareChildren } from "./share.ts";

shareChildren();

describe("the mutants", () => {
  test("have names of their own", () => {
    const keys = mutants.map(keyOf);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("fit the solutions that they are made from", () => {
    for (const mutant of mutants) expect(() => sourceOf(mutant), keyOf(mutant)).not.toThrow();
  });

  test("are meant for clauses that their exercise grades", () => {
    const strays = mutants.filter(({ exercise, clause }) => !findLesson(exercise)?.graded.includes(clause));
    expect(strays.map(keyOf)).toEqual([]);
  });

  test("leave no clause out", () => {
    const graded = new Set(lessons().flatMap((lesson) => lesson.graded));
    const named = new Set(mutants.map(({ clause }) => clause));
    expect([...graded].filter((id) => !named.has(id))).toEqual([]);
  });
});

describe("a mutant turns exactly its clause red", () => {
  for (const mutant of mutants) {
    const heavy = mutant.clause === "ttl.gentle";
    test(
      `${mutant.clause}: ${mutant.name} (${mutant.exercise.slice(0, 2)})`,
      { timeout: heavy ? 120_000 : 30_000 },
      async () => {
        const run = await gradeCase(mutant, { heavy });
        expect(reds(run)).toEqual([mutant.clause]);
      },
    );
  }
});
