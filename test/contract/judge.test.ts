import { describe, expect, test } from "vitest";
import { judge } from "../../workbook/contract/judge/judge.ts";
import type { Clause, Outcome } from "../../workbook/contract/model/clause.ts";
import type { Recording } from "../../workbook/contract/model/recording.ts";
import { world } from "../world.ts";

const pass: Outcome = { is: "pass" };
const fail: Outcome = { is: "fail", expected: "this", seen: "that" };

function clause(id: string, check: Clause["check"], rest: Partial<Clause> = {}): Clause {
  const words = { sentence: id, why: "-", source: "-", decided: "-", hints: ["-"] };
  return { id, side: "server", level: "must", ...words, needs: [], yieldsTo: [], scenarios: ["S1"], check, ...rest };
}

function run(
  clauses: Clause[],
  more: { recordings?: Recording[]; graded?: string[]; replaces?: Record<string, string>; pending?: string[] } = {},
) {
  const verdicts = judge({
    clauses,
    graded: more.graded ?? clauses.map((c) => c.id),
    replaces: more.replaces ?? {},
    sides: ["server"],
    recordings: new Map((more.recordings ?? []).map((r) => [r.scenario, r])),
    world,
    pending: new Set(more.pending ?? []),
  });
  return Object.fromEntries(verdicts.map((v) => [v.clause, v.blockedBy ? `${v.verdict}: ${v.blockedBy}` : v.verdict]));
}

describe("the judge", () => {
  test("a chain of needs names the failed clause at its root", () => {
    const verdicts = run([
      clause("c", () => pass, { needs: ["b"] }),
      clause("b", () => pass, { needs: ["a"] }),
      clause("a", () => fail),
    ]);
    expect(verdicts).toEqual({ c: "not-reached: a", b: "not-reached: a", a: "fail" });
  });

  test("a clause yields to one that failed, and not to one that was not reached", () => {
    const verdicts = run([
      clause("a", () => fail),
      clause("b", () => pass, { needs: ["a"] }),
      clause("yields to a", () => fail, { yieldsTo: ["a"] }),
      clause("yields to b", () => pass, { yieldsTo: ["b"] }),
    ]);
    expect(verdicts).toEqual({
      a: "fail",
      b: "not-reached: a",
      "yields to a": "not-reached: a",
      "yields to b": "pass",
    });
  });

  test("a need that is not graded here is dropped", () => {
    expect(run([clause("a", () => fail), clause("b", () => pass, { needs: ["a"] })], { graded: ["b"] })).toEqual({
      b: "pass",
    });
  });

  test("a need that another clause replaces is read as a need on that one", () => {
    const clauses = [clause("new", () => fail), clause("b", () => pass, { needs: ["old"] })];
    expect(run(clauses, { replaces: { old: "new" } })).toEqual({ new: "fail", b: "not-reached: new" });
  });

  test("an else counts where its clause failed, and not where it passed", () => {
    const otherwise: Outcome = { is: "blocked", blockedBy: "a", otherwise: fail };
    expect(run([clause("a", () => fail), clause("b", () => otherwise)])).toEqual({ a: "fail", b: "not-reached: a" });
    expect(run([clause("a", () => pass), clause("b", () => otherwise)])).toEqual({ a: "pass", b: "fail" });
  });

  test("an answer that a dead process owes fails the first clause that needs it, and the others wait for that one", () => {
    const problem = {
      kind: "exit",
      side: "server",
      message: "process.exit(1) was called.",
      file: null,
      line: null,
      column: null,
    } as const;
    const dead: Recording = {
      scenario: "S1",
      side: "server",
      clock: "virtual",
      lastedMs: 5,
      events: [{ is: "ended", atMs: 5, problem }],
    };
    const missing: Outcome = { is: "missing", scenario: "S1" };
    const clauses = [
      clause("a", () => pass),
      clause("b", () => missing),
      clause("c", () => missing),
      clause("d", () => pass, { needs: ["c"] }),
    ];
    expect(run(clauses, { recordings: [dead] })).toEqual({
      a: "pass",
      b: "fail",
      c: "not-reached: b",
      d: "not-reached: b",
    });
  });

  test("what the same line ends in several scenarios is laid to one clause", () => {
    const problem = {
      kind: "loop",
      side: "server",
      message: "It loops.",
      file: "server.ts",
      line: 7,
      column: 1,
    } as const;
    const dead = (scenario: string): Recording => ({
      scenario,
      side: "server",
      clock: "virtual",
      lastedMs: 5,
      events: [{ is: "ended", atMs: 5, problem }],
    });
    const clauses = ["S1", "S2", "S3"].map((scenario) => clause(scenario, () => ({ is: "missing", scenario })));
    const recordings = [
      dead("S1"),
      dead("S2"),
      { ...dead("S3"), events: [{ is: "ended", atMs: 5, problem: { ...problem, line: 9 } }] } as Recording,
    ];
    expect(run(clauses, { recordings })).toEqual({ S1: "fail", S2: "not-reached: S1", S3: "fail" });
    const skipped: Recording = { ...dead("S1"), skipped: true };
    expect(run(clauses.slice(0, 2), { recordings: [skipped, dead("S2")] })).toEqual({
      S1: "not-reached: S2",
      S2: "fail",
    });
  });

  test("a clause is left out while a scenario is still to be played that it, or what it needs, rests on", () => {
    const clauses = [
      clause("a", () => pass, { scenarios: ["S2"] }),
      clause("b", () => pass, { needs: ["a"] }),
      clause("c", () => pass),
    ];
    expect(run(clauses, { pending: ["S2"] })).toEqual({ c: "pass" });
  });

  test("what only an else would rest on is not waited for, unless it comes to that", () => {
    const later = clause("later", () => fail, { scenarios: ["S2"] });
    const elsewhere = () => ({ is: "blocked", blockedBy: "later", otherwise: pass }) as const;
    const clauses = [
      later,
      clause("holds", () => fail, { mayBeBlockedBy: ["later"] }),
      clause("comes to it", elsewhere, { mayBeBlockedBy: ["later"] }),
      clause("needs that", () => pass, { needs: ["comes to it"] }),
      clause("yields to that", () => pass, { yieldsTo: ["comes to it"] }),
      clause("asks for that", (evidence) => (evidence.passed("comes to it") ? pass : fail), {
        partNeeds: ["comes to it"],
      }),
    ];
    expect(run(clauses, { pending: ["S2"] })).toEqual({ holds: "fail" });
    expect(run(clauses)).toMatchObject({ holds: "fail", "comes to it": "not-reached: later", "asks for that": "fail" });
  });

  test("a part's need is passed where the clause is not graded", () => {
    const clauses = [clause("b", (evidence) => (evidence.passed("a") ? pass : fail), { partNeeds: ["a"] })];
    expect(run(clauses)).toEqual({ b: "pass" });
    expect(run([clause("a", () => fail), ...clauses])).toEqual({ a: "fail", b: "fail" });
  });

  test("needs that lead back to themselves are a fault that is thrown", () => {
    const clauses = [clause("a", () => pass, { needs: ["b"] }), clause("b", () => pass, { needs: ["a"] })];
    expect(() => run(clauses)).toThrow("lead back");
  });
});
