import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { exercisesIn } from "../../workbook/hand-ins/find.ts";
import { openSandbox } from "../../workbook/hand-ins/sandbox.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accepted-test-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
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

test("a sandbox holds a copy of the student's files with their helpers, no link, no solution and no other variable", () => {
  files("a/02-accepted/server.ts", "a/02-accepted/parts/jobs.ts", "a/shared/time.ts", "a/node_modules/x/index.js");
  symlinkSync(path.join(folder, "a", "shared", "time.ts"), path.join(folder, "a", "linked.ts"));
  vi.stubEnv("TEACHERS_TOKEN", "secret");
  const exercises = exercisesIn(submission("a"), lessons());
  const sandbox = openSandbox(exercises ?? expect.unreachable("nothing was found"), lessons());
  const list = (...names: string[]) => readdirSync(path.join(sandbox.folder, ...names)).sort();
  expect(list("exercises")).toEqual(["02-accepted", "shared"]);
  expect(list("exercises", "02-accepted")).toEqual(["parts", "server.ts"]);
  expect(list("exercises", "shared")).toEqual(["time.ts"]);
  expect(list()).not.toContain("solutions");
  const own = ["HOME", "LANG", "PATH", "TEMP", "TMP", "TMPDIR"];
  const windows = process.platform === "win32" ? ["SystemRoot", "USERPROFILE"] : [];
  expect(Object.keys(sandbox.env).sort()).toEqual([...own, ...windows]);
  sandbox.remove();
  expect(readdirSync(path.join(folder, "a", "02-accepted")).sort()).toEqual(["parts", "server.ts"]);
});

test("a missing side that the step does not ask to edit is the starter", () => {
  const [first] = lessons();
  files("a/01-not-everything-is-instant/client.ts");
  const sandbox = openSandbox(
    exercisesIn(submission("a"), lessons()) ?? expect.unreachable("nothing was found"),
    lessons(),
  );
  const server = readFileSync(path.join(sandbox.folder, "exercises", first?.slug ?? "", "server.ts"), "utf8");
  sandbox.remove();
  expect(server).toBe(readFileSync(path.join("lessons", first?.slug ?? "", "server.ts"), "utf8"));
});

test("a submission of thousands of files is refused in a sentence, and leaves no sandbox", () => {
  files("a/02-accepted/server.ts", ...Array.from({ length: 2_000 }, (_, n) => `a/02-accepted/${n}.ts`));
  vi.stubEnv("TMPDIR", folder);
  vi.stubEnv("TEMP", folder);
  const exercises = exercisesIn(submission("a"), lessons()) ?? expect.unreachable("nothing was found");
  expect(() => openSandbox(exercises, lessons())).toThrow(
    "it holds more than 2000 files or 20 MB beside the exercises",
  );
  expect(readdirSync(folder)).toEqual(["a"]);
});
