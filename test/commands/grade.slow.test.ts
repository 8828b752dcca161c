import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshClone, type Clone } from "./clone.ts";

const slug = "01-not-everything-is-instant";
const solution = (name: string) => `solutions/${slug}/${name}`;

let clone: Clone;
beforeAll(() => {
  clone = freshClone();
});
afterAll(() => clone.remove());

test("files in any folder are graded, and --json prints one object with the paths as they were typed", async () => {
  const { code, stdout, stderr } = await clone.run([
    "grade",
    "1",
    "--json",
    "--seed",
    "7",
    "--server",
    solution("server.ts"),
    "--client",
    solution("client.ts"),
  ]);
  const run = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(run)).toEqual([
    "format",
    "exercise",
    "passed",
    "seed",
    "subject",
    "verdicts",
    "output",
    "problem",
    "elapsedMs",
    "virtualMs",
  ]);
  expect(run).toMatchObject({
    format: 1,
    exercise: slug,
    passed: true,
    seed: 7,
    subject: { server: solution("server.ts"), client: solution("client.ts") },
    problem: null,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("with one file only, the other side's clauses are left out", async () => {
  const { code, stdout } = await clone.run(["grade", slug, "--json", "--client", `lessons/${slug}/client.ts`]);
  const run = JSON.parse(stdout) as { passed: boolean; subject: object; verdicts: { side: string; verdict: string }[] };
  expect(run.subject).toEqual({ client: `lessons/${slug}/client.ts` });
  expect(new Set(run.verdicts.map((verdict) => verdict.side))).toEqual(new Set(["client"]));
  expect(run.passed).toBe(false);
  expect(code).toBe(1);
});

test("a file that cannot be run ends with 3, and the problem says where", async () => {
  writeFileSync(clone.at("broken.ts"), "export const runReport = async () => {\n  return (;\n};\n");
  const { code, stdout } = await clone.run(["grade", "1", "--json", "--client", "broken.ts"]);
  expect((JSON.parse(stdout) as { problem: unknown }).problem).toMatchObject({
    kind: "syntax",
    file: "broken.ts",
    line: 2,
  });
  expect(code).toBe(3);
});

test("an exercise that is not started counts as failed", async () => {
  const { code, stdout } = await clone.run(["grade", "1"]);
  expect(stdout).toBe(`accepted ${slug}: FAILED, not started (npm run lesson 1 starts it)\n`);
  expect(code).toBe(1);
});

test("all grades every exercise; --output writes the object in addition to the text", async () => {
  clone.fill(slug, "solutions");
  const { code, stdout } = await clone.run(["grade", "all", "--output", "out/all.json"]);
  const all = JSON.parse(readFileSync(clone.at("out", "all.json"), "utf8")) as {
    format: number;
    passed: boolean;
    runs: { exercise: string; passed: boolean }[];
  };
  expect(all).toMatchObject({ format: 1, passed: false });
  expect(all.runs.map((run) => [run.exercise.slice(0, 2), run.passed])).toEqual([
    ["01", true],
    ["02", false],
    ["03", false],
    ["04", false],
    ["05", false],
    ["06", false],
  ]);
  expect(stdout).toMatch(/^accepted 01-not-everything-is-instant: PASSED/);
  expect(stdout).toContain("accepted 02-accepted: FAILED, not started (npm run lesson 2 starts it)\n");
  expect(code).toBe(1);
});
