/** The made-up class that the benchmark grades, and how it compares the marks. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeClass, type ExpectedRow } from "../../bench/class.ts";
import { faults, rowsOf } from "../../bench/hand-ins.ts";
import { lessons } from "../../workbook/content/catalogue.ts";

let folder: string;
let expected: readonly ExpectedRow[];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accepted-test-"));
  expected = makeClass(folder, 200);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("200 students hand in six steps each, with an expected row for each step", () => {
  expect(readdirSync(folder).length).toBe(200);
  expect(expected.length).toBe(200 * lessons().length);
  expect(expected.slice(0, 6).map(({ exercise }) => exercise)).toEqual(lessons().map(({ slug }) => slug));
});

test("the class has right ones, wrong ones, starters, syntax errors, loops and missing files", () => {
  const count = (kind: string) => expected.filter(({ problem }) => problem === kind).length;
  expect(expected.filter(({ passed }) => passed).length).toBeGreaterThan(400);
  expect(expected.filter(({ open }) => open !== undefined && open !== "").length).toBeGreaterThan(200);
  expect(expected.filter(({ passed, problem }) => !passed && problem === undefined).length).toBeGreaterThan(300);
  for (const kind of ["syntax", "loop", "missing", "import"]) expect(count(kind), kind).toBeGreaterThan(3);
  const { student, exercise } = expected.find(({ problem }) => problem === "import") ?? expect.unreachable();
  const files = readdirSync(path.join(folder, student, "exercises", exercise));
  expect(files).toEqual(["server.ts"]);
});

test("the same number makes the same class", () => {
  const again = path.join(folder, "..", `${path.basename(folder)}-again`);
  try {
    expect(makeClass(again, 200)).toEqual(expected);
    const file = path.join("student-007", "exercises", "02-accepted", "server.ts");
    const text = (home: string) =>
      existsSync(path.join(home, file)) ? readFileSync(path.join(home, file), "utf8") : "";
    expect(text(again)).toBe(text(folder));
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
});

test("a row that differs from the expected one is reported, whatever is wrong with it", () => {
  const csv = [
    "student,exercise,passed,must passed,must,first failing clause,problem,seconds",
    '"a ""b"", c",02-accepted,no,3,18,accept.body,"loop: one, two",1.0',
    "d,02-accepted,yes,18,18,,,1.0",
    "",
  ].join("\r\n");
  const rows = rowsOf(csv);
  expect(rows.map((row) => row["student"])).toEqual(['a "b", c', "d"]);
  const first = { student: 'a "b", c', exercise: "02-accepted", passed: false, open: "accept.body", problem: "loop" };
  const second = { student: "d", exercise: "02-accepted", passed: true, open: "", problem: "" };
  expect(faults([first, second], rows)).toEqual([]);
  expect(faults([{ ...first, open: "accept.starts" }, second], rows)).toEqual([
    'a "b", c 02-accepted: first failing clause is "accept.body", and must be "accept.starts"',
  ]);
  expect(faults([first, { ...second, passed: false }], rows)).toEqual([
    'd 02-accepted: passed is "yes", and must be "no"',
  ]);
  expect(faults([second, first], rows)).toHaveLength(2);
  expect(faults([first], rows)).toEqual(["there are 2 rows, and must be 1"]);
});
