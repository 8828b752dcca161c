/** The tests of test/NN-slug.test.ts: one for each clause of the learner's files, one for the reference solution. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../workbook/contract/model/clause.ts";
import type { Run } from "../workbook/contract/model/run.ts";
import { load } from "../workbook/build.js";

const engine = await load("testing");
const { clauseOf, codeFrame, findLesson, gradedAhead, grade, plainProblem, plainVerdict, titled } = engine;
const { isStarted, ownSubject, places, solutionOf } = engine;

/** Defines the tests of one lesson. Grades before they are collected, so that a skipped test can say why. */
export async function suite(slug: string): Promise<void> {
  const lesson = findLesson(slug);
  if (!lesson) throw new Error(`There is no lesson ${slug}.`);
  const run = isStarted(lesson)
    ? ((await gradedAhead(lesson, "own")) ?? (await grade(lesson, ownSubject(lesson))))
    : null;

  describe(`${titled(lesson)}: your files`, () => {
    if (!run) return test.skip(`not started: npm run lesson ${lesson.number} starts it`);
    if (run.problem) test("can be run to the end", () => fail(problemText(run)));
    for (const verdict of run.verdicts) define(run, verdict);
  });

  describe(`${titled(lesson)}: the reference solution`, () => {
    const { solution } = places(lesson.slug);
    test.skipIf(!existsSync(solution("server.ts")))("passes every clause", async () => {
      const reference = (await gradedAhead(lesson, "solution")) ?? (await grade(lesson, solutionOf(lesson)));
      const failed = reference.verdicts.find((verdict) => verdict.verdict === "fail");
      if (failed) fail(verdictText(reference, failed));
      if (reference.problem) fail(problemText(reference));
      const passed = new Set(
        reference.verdicts.filter((verdict) => verdict.verdict === "pass").map((verdict) => verdict.clause),
      );
      expect(lesson.graded.filter((id) => clauseOf(id).level === "must" && !passed.has(id))).toEqual([]);
    });
  });
}

function define(run: Run, verdict: Verdict): void {
  const name = `${verdict.clause}: ${clauseOf(verdict.clause).sentence}`;
  const advice = verdict.level === "should" ? " (advice)" : "";
  if (verdict.verdict === "pass") test(`${name}${advice}`, () => expect(verdict.verdict).toBe("pass"));
  else if (verdict.verdict === "not-reached") test.skip(`${name}${advice} (${verdict.blockedBy} comes first)`);
  else if (verdict.level === "should") test.skip(`${name} (advice: ${verdict.seen})`);
  else test(name, () => fail(verdictText(run, verdict)));
}

function verdictText(run: Run, verdict: Verdict): string {
  const frame = verdict.problem && codeFrame(verdict.problem);
  return plainVerdict(run, verdict, clauseOf(verdict.clause), frame).join("\n");
}

function problemText({ problem }: Run): string {
  return problem === null ? "" : plainProblem(problem, codeFrame(problem)).join("\n");
}

/** Fails a test with a text and no stack: a line of our own code does not help the learner. */
function fail(text: string): never {
  throw Object.assign(new Error(text), { name: "Verdict", stack: "" });
}
