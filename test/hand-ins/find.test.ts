import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { exercisesIn, submissionsIn } from "../../workbook/hand-ins/find.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accepted-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes files, given by their paths in the test's folder. */
function files(...names: string[]): void {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), `// ${name}\n`);
  }
}

const submission = (student: string) => ({ student, folder: path.join(folder, student) });

test("submissions are the folders, with numbers in names sorted by value; other entries are listed apart", () => {
  files("s10/a", "s2/a", "marks.zip", ".git/a", "__MACOSX/a");
  const { submissions, others } = submissionsIn(folder);
  expect(submissions.map(({ student }) => student)).toEqual(["s2", "s10"]);
  expect(others).toEqual(["marks.zip"]);
});

test.each([
  ["a clone", "exercises"],
  ["the exercises folder", ""],
  ["a zip of a clone", "workbook-main/exercises"],
  ["a zip of a folder of a clone", "anna/workbook-main/exercises"],
])("the exercises of %s are found", (_, at) => {
  files(
    ...["server.ts", "client.ts"].map((name) => path.join("anna", at, "02-accepted", name)),
    path.join("anna", at, "03-polling", "server.ts"),
  );
  const exercises = { is: "many", folder: path.join(folder, "anna", at), slugs: ["02-accepted", "03-polling"] };
  expect(exercisesIn(submission("anna"), lessons())).toEqual(exercises);
});

test("a clone's starters and solutions, and an exercise with only its SPEC, are not graded", () => {
  files("a/lessons/02-accepted/server.ts", "a/solutions/02-accepted/server.ts", "a/exercises/02-accepted/SPEC.md");
  expect(exercisesIn(submission("a"), lessons())).toBe(null);
});

test("if one step is graded, its two files may be in the submission's folder itself", () => {
  files("a/server.ts");
  const second = lessons().filter(({ number }) => number === 2);
  expect(exercisesIn(submission("a"), second)).toEqual({
    is: "one",
    folder: path.join(folder, "a"),
    slugs: ["02-accepted"],
  });
  expect(exercisesIn(submission("a"), lessons())).toBe(null);
});
