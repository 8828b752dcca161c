import { describe, expect, test } from "vitest";
import { gradeCase, keyOf, sourceOf } from "../mutants/cases.ts";
import { shareChildren } from "../mutants/share.ts";
import { variants } from "./all.ts";

shareChildren();

describe("the variants", () => {
  test("have names of their own", () => {
    const keys = variants.map(keyOf);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("fit the solutions that they are made from, and differ from them", () => {
    const solution = (one: (typeof variants)[number]) => sourceOf({ ...one, edits: [], source: undefined });
    for (const one of variants) expect(sourceOf(one), keyOf(one)).not.toBe(solution(one));
  });
});

describe("a right implementation of another kind passes", () => {
  for (const one of variants) {
    test(keyOf(one), async () => {
      const run = await gradeCase(one);
      const reds = run.verdicts.filter(({ verdict }) => verdict !== "pass");
      expect({ problem: run.problem, reds }).toEqual({ problem: null, reds: [] });
    });
  }
});
