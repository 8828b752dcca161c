/** How far a step is. */
import { describe, expect, test } from "vitest";
import { blocking, exitCode, ownMusts, problemShown, summarise } from "../../workbook/report/summary.ts";
import { explainProblem } from "../../workbook/report/words.ts";
import { clauses, first, halfDone, hasty, loop, passed, runOf, second, syntax, third, verdictsOf } from "./sample.ts";

const fails = { verdict: "fail" } as const;

describe("the summary", () => {
  test("counts the step's own must clauses and nothing else", () => {
    expect(summarise(third, clauses, hasty.verdicts)).toMatchObject({ passes: 3, fails: 1, notReached: 2, of: 6 });
    expect(ownMusts(third, clauses)).toBe(6);
    expect(ownMusts(first, clauses)).toBe(3);
  });

  test("opens a kept clause before the step's own, then goes part by part", () => {
    const open = (of: Parameters<typeof verdictsOf>[1]) =>
      summarise(third, clauses, verdictsOf(third, of)).open?.clause;
    expect(open({ "client.posts-once": fails, "retry-after.present": fails })).toBe("client.posts-once");
    expect(open({ "client.adapts": fails, "retry-after.useful": fails })).toBe("retry-after.useful");
    expect(open({})).toBeUndefined();
  });

  test("never opens a `should`, and lists it as advice", () => {
    const summary = summarise(third, clauses, verdictsOf(third, { "retry-after.on-accept": fails }));
    expect(summary.open).toBeNull();
    expect(summary.advice.map((verdict) => verdict.clause)).toEqual(["retry-after.on-accept"]);
    expect(summary.passes).toBe(summary.of);
  });

  test("is at the part of the open clause; if a kept clause is open, at the first part that is not done", () => {
    expect(summarise(third, clauses, hasty.verdicts).current).toBe(1);
    expect(summarise(third, clauses, verdictsOf(third, { "client.posts-once": fails })).current).toBe(1);
    expect(summarise(second, clauses, []).current).toBe(0);
  });

  test("is certain of the open clause only if everything before it is decided", () => {
    const verdicts = verdictsOf(second, { "status.result": fails });
    expect(summarise(second, clauses, verdicts).certain).toBe(true);
    expect(
      summarise(
        second,
        clauses,
        verdicts.filter((verdict) => verdict.clause !== "accept.body"),
      ).certain,
    ).toBe(false);
    expect(
      summarise(
        second,
        clauses,
        verdicts.filter((verdict) => verdict.clause !== "client.returns"),
      ).certain,
    ).toBe(true);
  });

  test("leaves out a side that the subject doesn't have", () => {
    const server = verdictsOf(third, {}).filter((verdict) => verdict.side === "server");
    expect(summarise(third, clauses, server, { server: "a.ts" })).toMatchObject({ passes: 3, of: 3 });
    expect(summarise(third, clauses, server, { server: "a.ts", client: "b.ts" })).toMatchObject({ passes: 3, of: 6 });
  });
});

describe("a problem", () => {
  const server = verdictsOf(third, {}).filter((verdict) => verdict.side === "server");

  test("blocks when its side has no verdict, also if the other side was graded", () => {
    expect(blocking(runOf(third, { problem: loop }))).toBe(loop);
    expect(blocking(runOf(third, { problem: loop, verdicts: server }))).toBe(loop);
    expect(blocking(runOf(third, { problem: loop, verdicts: hasty.verdicts }))).toBeNull();
  });

  test("gives exit code 3 when it blocks; else a failed must gives 1, and a pass 0", () => {
    expect(exitCode(runOf(third, { problem: loop, verdicts: server }))).toBe(3);
    expect(exitCode(runOf(third, { problem: loop, verdicts: hasty.verdicts }))).toBe(1);
    expect(exitCode(halfDone)).toBe(1);
    expect(exitCode(passed)).toBe(0);
  });

  test("that ended the open clause's process has its frame on the screen", () => {
    const verdicts = hasty.verdicts.map((each) => (each.clause === "client.waits" ? { ...each, problem: loop } : each));
    expect(problemShown(third, runOf(third, { verdicts }))).toBe(loop);
    expect(problemShown(third, hasty)).toBeNull();
  });

  test("is divided into a title, its place, the rest, and what to do", () => {
    expect(explainProblem(loop)).toEqual({
      title: "client.ts never gives the turn back",
      where: "exercises/03-polling/client.ts, line 12, was still running after 1 s.",
      about: "A loop without an await lets nothing else run: put an await in it (fetch, or a wait).",
      next: "put an await in the loop (fetch, or a wait), and save",
    });
    expect(explainProblem(syntax)).toMatchObject({
      title: 'server.ts, line 17, column 34: expected ")" but found "}"',
      where: "",
      about: "",
    });
  });

  test("that is a rejection asks for a catch, whatever its message says", () => {
    const thrown = { ...syntax, kind: "throw", message: "server.ts fails." } as const;
    expect(explainProblem(thrown).next).toBe("mend line 17 and save");
    expect(explainProblem({ ...thrown, isRejection: true }).next).toBe(
      "put a catch where the work is started, and save",
    );
  });

  test("has a line for its place only if the title doesn't name it", () => {
    const message = "client.ts is odd: line 3 of the log. See there.";
    expect(explainProblem({ ...loop, message })).toMatchObject({
      title: "client.ts is odd: line 3 of the log",
      where: "exercises/03-polling/client.ts, line 12",
    });
    expect(explainProblem({ ...loop, message: "client.ts is odd at line 12." }).where).toBe("");
  });

  test("with a long first sentence is divided at its colon", () => {
    const message = `server.ts cannot be loaded: ${"a very long reason ".repeat(8)}here. Look at it.`;
    const words = explainProblem({ ...syntax, kind: "import", line: null, column: null, message });
    expect(words.title).toBe("server.ts cannot be loaded");
    expect(words.about).toMatch(/^A very long reason .* here\. Look at it\.$/);
  });
});
