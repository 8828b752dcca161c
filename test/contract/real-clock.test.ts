/** Judging on the real clock: scenarios that are no longer needed, and scenarios that could not be played. */
import { expect, test } from "vitest";
import { judgeAsNeeded } from "../../workbook/contract/judge/as-needed.ts";
import type { JudgeOptions } from "../../workbook/contract/judge/judge.ts";
import { judgeUnplayed } from "../../workbook/contract/judge/unplayed.ts";
import type { Clause, Outcome, Verdict } from "../../workbook/contract/model/clause.ts";
import { world } from "../world.ts";

const fail: Outcome = { is: "fail", expected: "this", seen: "that" };

/** A clause on one scenario. It fails if the scenario was not played. */
function clause(id: string, scenario: string, rest: Partial<Clause> = {}): Clause {
  const words = { sentence: id, why: "-", source: "-", decided: "-", hints: ["-"] };
  const check: Clause["check"] = ({ recording }) => {
    if (recording(scenario)) return { is: "pass" };
    return { ...fail, mark: { scenario, event: null, on: "body" } };
  };
  return {
    id,
    side: "server",
    level: "must",
    ...words,
    needs: [],
    yieldsTo: [],
    scenarios: [scenario],
    check,
    ...rest,
  };
}

function options(clauses: readonly Clause[], ...played: readonly string[]): JudgeOptions {
  const recordings = played.map((scenario) => {
    return [scenario, { scenario, side: "server", clock: "real", events: [], lastedMs: 0 }] as const;
  });
  return { clauses, graded: clauses.map(({ id }) => id), sides: ["server"], recordings: new Map(recordings), world };
}

function short(verdicts: readonly Verdict[]) {
  return verdicts.map(({ clause: id, verdict, blockedBy }) => [id, verdict, blockedBy]);
}

test("a clause that fails decides what needs it, and its scenarios are dropped", () => {
  const clauses = [
    clause("a", "one", { check: () => fail }),
    clause("b", "two", { needs: ["a"] }),
    clause("c", "three"),
  ];
  const { verdicts, needed } = judgeAsNeeded(options(clauses, "one"), clauses, new Set(["one", "two", "three"]));
  expect(short(verdicts)).toEqual([
    ["a", "fail", null],
    ["b", "not-reached", "a"],
  ]);
  expect([...needed]).toEqual(["three"]);
});

test("a scenario that can still change a verdict stays needed", () => {
  const clauses = [clause("a", "one"), clause("b", "two", { needs: ["a"] })];
  const { verdicts, needed } = judgeAsNeeded(options(clauses, "one"), clauses, new Set(["one", "two"]));
  expect(short(verdicts)).toEqual([["a", "pass", null]]);
  expect([...needed]).toEqual(["two"]);
});

test("what rests on a scenario that could not be played is blocked by the clause that failed before", () => {
  const clauses = [
    clause("a", "one"),
    clause("b", "one", { check: () => fail }),
    clause("c", "two"),
    clause("d", "two"),
  ];
  expect(short(judgeUnplayed(options(clauses, "one"), new Set(["two"])))).toEqual([
    ["a", "pass", null],
    ["b", "fail", null],
    ["c", "not-reached", "b"],
    ["d", "not-reached", "b"],
  ]);
});

test("what needs a clause that failed by what was played keeps its own reason", () => {
  const clauses = [
    clause("a", "one", { check: () => fail }),
    clause("b", "one", { check: () => fail }),
    clause("c", "two", { needs: ["b"] }),
  ];
  expect(short(judgeUnplayed(options(clauses, "one"), new Set(["two"]))).at(-1)).toEqual(["c", "not-reached", "b"]);
});
