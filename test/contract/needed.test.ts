/** Which scenarios can still change a verdict. */
import { expect, test } from "vitest";
import type { Clause, Verdict } from "../../workbook/contract/model/clause.ts";
import { neededScenarios } from "../../workbook/contract/judge/needed.ts";

function clause(
  id: string,
  scenarios: readonly string[],
  needs: readonly string[] = [],
  yieldsTo: readonly string[] = [],
): Clause {
  const words = { sentence: "", why: "", source: "", decided: "", hints: [] };
  return { id, side: "server", level: "must", ...words, needs, yieldsTo, scenarios, check: () => ({ is: "pass" }) };
}

function verdict(id: string, is: Verdict["verdict"]): Verdict {
  const nothing = { expected: null, seen: null, atMs: null, blockedBy: null, remark: null, mark: null, problem: null };
  return { clause: id, side: "server", level: "must", verdict: is, ...nothing };
}

const a = clause("a", ["one"]);
const b = clause("b", ["two"], ["a"]);
const c = clause("c", ["three"], ["b"]);
const d = clause("d", ["four"], [], ["a"]);

const names = (graded: readonly Clause[], verdicts: readonly Verdict[], replaces = {}) => [
  ...neededScenarios(graded, replaces, verdicts),
];

test("before anything is decided all are needed", () => {
  expect(names([a, b, c, d], [])).toEqual(["one", "two", "three", "four"]);
});

test("what is decided needs no more scenarios", () => {
  expect(names([a, b, c, d], [verdict("a", "pass")])).toEqual(["two", "three", "four"]);
});

test("what needs a clause that failed is not reached, and neither is what needs that, or yields to it", () => {
  expect(names([a, b, c, d], [verdict("a", "fail")])).toEqual([]);
});

test("a clause not reached stands in nobody's way who only yields to it", () => {
  expect(names([a, d], [verdict("a", "not-reached")])).toEqual(["four"]);
});

test("a clause that failed is waited for as long as one before it may be what stands in the way", () => {
  const e = clause("e", ["five"], ["b", "a"]);
  expect(names([a, b, e], [verdict("a", "fail")])).toEqual([]);
  const later = clause("late", ["six"]);
  const f = clause("f", ["seven"], ["late", "a"]);
  expect(names([a, later, f], [verdict("a", "fail")])).toEqual(["six", "seven"]);
});

test("a need that is replaced in this exercise is read as the other, and one that is not graded is dropped", () => {
  expect(names([b, d], [verdict("d", "fail")], { a: "d" })).toEqual([]);
  expect(names([b], [])).toEqual(["two"]);
});
