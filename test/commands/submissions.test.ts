import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openMarksFile } from "../../workbook/commands/grade/marks-file.ts";
import { run } from "../../workbook/commands/main.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accepted-test-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test("a file of marks that was there is kept under a free name", () => {
  const file = path.join(folder, "marks.csv");
  for (const text of ["first", "second", "third"]) openMarksFile(file, "").write(text);
  const kept = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]);
  expect(Object.fromEntries(kept)).toEqual({
    "marks.csv": "third",
    "marks.backup-1.csv": "first",
    "marks.backup-2.csv": "second",
  });
});

test.each([
  [["all", "--submissions", "nowhere"], "There is no folder nowhere. Name the one that holds the hand-ins."],
  [["all", "--submissions", "{}"], "There is no hand-in in {}: it should hold a folder for each student."],
  [
    ["3", "--submissions", "{}", "--url", "http://127.0.0.1:8080"],
    "--submissions writes CSV and takes no --url: npm run grade -- all --submissions DIR --output marks.csv",
  ],
  [["17", "--submissions", "{}"], `There is no step "17": the steps are 1 to 6, and npm run lesson list shows them.`],
])("grade %j is refused in a sentence, with exit code 2", async (args, sentence) => {
  const said: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const code = await run(["grade", ...args.map((arg) => arg.replace("{}", folder))]);
  expect([code, said.join("")]).toEqual([2, `${sentence.replace("{}", folder)}\n`]);
});

test("an output that cannot be written is reported before anything is graded", async () => {
  mkdirSync(path.join(folder, "hand-ins", "a"), { recursive: true });
  const said: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const code = await run(["grade", "1", "--submissions", path.join(folder, "hand-ins"), "--output", folder]);
  expect(code).toBe(2);
  expect(said.join("")).toContain(`${folder} cannot be written: `);
});
