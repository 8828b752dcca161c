import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { run } from "../../workbook/commands/main.ts";
import { toCsv } from "../../workbook/hand-ins/csv.ts";
import { handInsIn, homeOf } from "../../workbook/hand-ins/find.ts";
import { openOutput } from "../../workbook/hand-ins/output.ts";
import { openRoom } from "../../workbook/hand-ins/room.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accepted-test-"));
});
afterEach(() => {
  vi.restoreAllMocks();
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

const handIn = (student: string) => ({ student, folder: path.join(folder, student) });
const slugs = ["01-not-everything-is-instant", "02-accepted", "03-polling"];

test("hand-ins are the folders, numbers in their names by value; what is none is told apart", () => {
  files("s10/a", "s2/a", "marks.zip", ".git/a", "__MACOSX/a");
  const { handIns, others } = handInsIn(folder);
  expect(handIns.map(({ student }) => student)).toEqual(["s2", "s10"]);
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
  const home = { is: "many", folder: path.join(folder, "anna", at), slugs: ["02-accepted", "03-polling"] };
  expect(homeOf(handIn("anna"), lessons())).toEqual(home);
});

test("a clone's starters, solutions and an exercise with nothing but its SPEC are no hand-in", () => {
  files("a/lessons/02-accepted/server.ts", "a/solutions/02-accepted/server.ts", "a/exercises/02-accepted/SPEC.md");
  expect(homeOf(handIn("a"), lessons())).toBe(null);
});

test("where one step is graded, its two files may lie in the hand-in itself", () => {
  files("a/server.ts");
  const second = lessons().filter(({ number }) => number === 2);
  expect(homeOf(handIn("a"), second)).toEqual({ is: "one", folder: path.join(folder, "a"), slugs: ["02-accepted"] });
  expect(homeOf(handIn("a"), lessons())).toBe(null);
});

test("a room holds a copy of the student's files with their helpers, no link, no solution and no foreign variable", () => {
  files("a/02-accepted/server.ts", "a/02-accepted/parts/jobs.ts", "a/shared/time.ts", "a/node_modules/x/index.js");
  symlinkSync(path.join(folder, "a", "shared", "time.ts"), path.join(folder, "a", "linked.ts"));
  vi.stubEnv("TEACHERS_TOKEN", "secret");
  const home = homeOf(handIn("a"), lessons());
  const room = openRoom(home ?? expect.unreachable("nothing was found"), lessons());
  const list = (...names: string[]) => readdirSync(path.join(room.folder, ...names)).sort();
  expect(list("exercises")).toEqual(["02-accepted", "shared"]);
  expect(list("exercises", "02-accepted")).toEqual(["parts", "server.ts"]);
  expect(list("exercises", "shared")).toEqual(["time.ts"]);
  expect(list()).not.toContain("solutions");
  const own = ["HOME", "LANG", "PATH", "TEMP", "TMP", "TMPDIR"];
  const windows = process.platform === "win32" ? ["SystemRoot", "USERPROFILE"] : [];
  expect(Object.keys(room.env).sort()).toEqual([...own, ...windows]);
  room.remove();
  expect(readdirSync(path.join(folder, "a", "02-accepted")).sort()).toEqual(["parts", "server.ts"]);
});

test("a side that the step does not ask to edit is the starter where it was not handed in", () => {
  const [first] = lessons();
  files(`a/${slugs[0]}/client.ts`);
  const room = openRoom(homeOf(handIn("a"), lessons()) ?? expect.unreachable("nothing was found"), lessons());
  const server = readFileSync(path.join(room.folder, "exercises", first?.slug ?? "", "server.ts"), "utf8");
  room.remove();
  expect(server).toBe(readFileSync(path.join("lessons", first?.slug ?? "", "server.ts"), "utf8"));
});

test("a hand-in of thousands of files is refused in a sentence, and leaves no room", () => {
  files("a/02-accepted/server.ts", ...Array.from({ length: 2_000 }, (_, n) => `a/02-accepted/${n}.ts`));
  vi.stubEnv("TMPDIR", folder);
  vi.stubEnv("TEMP", folder);
  const home = homeOf(handIn("a"), lessons()) ?? expect.unreachable("nothing was found");
  expect(() => openRoom(home, lessons())).toThrow("it holds more than 2000 files or 20 MB beside the exercises");
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("cells with commas and quotes are quoted, and what a spreadsheet would calculate gets an apostrophe", () => {
  const mark = { exercise: "02-accepted", passed: false, passes: 3, of: 18, open: null, problem: "a\nb", seconds: 1 };
  const names = ['Sm"ith, J', "=1+1", "+49", "-x", "@me", " =1", "plain"];
  const [header, ...rows] = toCsv(names.map((student) => ({ student, mark }))).split("\r\n");
  expect(header).toBe("student,exercise,passed,must passed,must,first failing clause,problem,seconds");
  expect(rows.map((row) => row.replace(",02-accepted,no,3,18,,a b,1.0", ""))).toEqual([
    '"Sm""ith, J"',
    "'=1+1",
    "'+49",
    "'-x",
    "'@me",
    "' =1",
    "plain",
    "",
  ]);
});

test("a file of marks that was there is kept under a name that is free", () => {
  const file = path.join(folder, "marks.csv");
  for (const text of ["first", "second", "third"]) openOutput(file, "").write(text);
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

test("an output that cannot be written is told before anything is graded", async () => {
  files("hand-ins/a/x");
  const said: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const code = await run(["grade", "1", "--submissions", path.join(folder, "hand-ins"), "--output", folder]);
  expect(code).toBe(2);
  expect(said.join("")).toContain(`${folder} cannot be written: `);
});
