import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { compileWorkbook } from "../../workbook/hand-ins/compiled-workbook.ts";
import { exercisesIn } from "../../workbook/hand-ins/find.ts";
import { markSubmission } from "../../workbook/hand-ins/mark-submission.ts";
import { openSandbox } from "../../workbook/hand-ins/sandbox.ts";
import { freshClone, textOf, type Clone } from "../commands/clone.ts";

const slug = "01-not-everything-is-instant";

let clone: Clone;
let work: string;
const at = (...names: string[]) => path.join(work, ...names);

beforeAll(() => {
  clone = freshClone();
});
afterAll(() => clone.remove());
beforeEach(() => {
  work = mkdtempSync(path.join(realpathSync(tmpdir()), "accepted-test-"));
  mkdirSync(at("tmp"));
  return () => {
    vi.unstubAllEnvs();
    rmSync(work, { recursive: true, force: true });
  };
});

/** Writes a submission of the first exercise: the solution, with this client if there is one. */
function submit(student: string, client?: string): void {
  const folder = at("hand-ins", student, "exercises", slug);
  cpSync(path.join("solutions", slug), folder, { recursive: true });
  if (client !== undefined) writeFileSync(path.join(folder, "client.ts"), client);
}

const asking = `export async function runReport(base: string) { await fetch(base + "/reports", { method: "POST" });`;
const args = () => ["grade", "1", "--submissions", at("hand-ins"), "--output", at("marks.csv")];
const env = () => ({ TMPDIR: at("tmp"), TEMP: at("tmp"), TEACHERS_TOKEN: "secret" });
const marks = () =>
  readFileSync(at("marks.csv"), "utf8")
    .trimEnd()
    .split("\r\n")
    .map((row) => row.replace(/,[\d.]+$/, ",S").replace(`,${slug},`, ","));

test(
  "each submission gets its row, whatever the others do, and nothing of them stays",
  { timeout: 120_000 },
  async () => {
    submit("right");
    submit("wrong", readFileSync(path.join("lessons", slug, "client.ts"), "utf8"));
    submit("crashing", `throw new Error(Object.keys(process.env).sort().join(" "));`);
    submit("killing", `process.kill(process.ppid, "SIGKILL"); export async function runReport() {}`);
    submit("looping", `${asking} for (;;); }`);
    submit("writing", `import fs from "node:fs"; fs.writeFileSync("w.txt", ""); ${asking} }`);
    submit('O"Neil, =Anna');
    mkdirSync(at("hand-ins", "empty"));
    const { code, stdout, stderr } = await clone.run(args(), env());
    const [header, ...rows] = marks();
    expect(header).toBe("student,exercise,passed,must passed,must,first failing clause,problem,seconds");
    expect(rows).toEqual([
      expect.stringMatching(
        /^crashing,no,0,4,,"?throw: .*Error: (?:ACCEPTED_CHILD )?HOME LANG PATH TEMP TMP TMPDIR TZ\b/,
      ),
      "empty,no,0,4,,missing: there are no exercises in this folder,S",
      expect.stringMatching(/^killing,no,0,4,,/),
      expect.stringMatching(/^looping,no,.*loop: .*,S$/),
      '"O""Neil, =Anna",yes,4,4,,,S',
      "right,yes,4,4,,,S",
      expect.stringMatching(/^writing,no,/),
      "wrong,no,2,4,client.deadline,,S",
    ]);
    expect(stderr).toMatch(/^8 of 8 {2}\S.*: [01] of 1 passed, [\d.]+ s$/m);
    expect(stderr).toContain(`8 rows of 8 hand-ins in `);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(readdirSync(at("tmp"))).toEqual([]);
    expect(readdirSync(clone.folder)).not.toContain("w.txt");
  },
);

test("the teacher's copy of the workbook grades, not the student's", { timeout: 60_000 }, async () => {
  submit("changed", readFileSync(path.join("lessons", slug, "client.ts"), "utf8"));
  const forged = { exercise: slug, passed: true, passes: 4, of: 4, open: null, problem: null, seconds: 1 };
  for (const home of [["changed"], ["changed", "exercises"], ["changed", "exercises", slug]]) {
    const own = (...names: string[]) => at("hand-ins", ...home, ...names);
    mkdirSync(own("workbook"));
    mkdirSync(own("lessons", slug), { recursive: true });
    writeFileSync(own("workbook", "main.js"), `console.log(${JSON.stringify(JSON.stringify(forged))})`);
    writeFileSync(own("lessons", slug, "lesson.json"), "{}");
    writeFileSync(own("package.json"), `{ "type": "commonjs" }`);
  }
  await clone.run(args(), env());
  expect(marks().slice(1)).toEqual(["changed,no,2,4,client.deadline,,S"]);
});

test("ctrl-c leaves the rows so far in the file, no process and no copy", { timeout: 60_000 }, async () => {
  for (let n = 1; n <= 20; n++) submit(`s${n}`);
  const running = clone.start(args(), env());
  const stderr = textOf(running.stderr);
  const ended = new Promise((resolve) => running.once("close", resolve));
  await expect.poll(stderr, { timeout: 40_000 }).toMatch(/^2 of 20 /m);
  running.kill("SIGINT");
  expect(await ended).toBe(130);
  const rows = marks().length - 1;
  expect(rows).toBeGreaterThanOrEqual(2);
  expect(rows).toBeLessThan(20);
  expect(readdirSync(at("tmp"))).toEqual([]);
});

test("without --output the CSV is what standard output holds", { timeout: 60_000 }, async () => {
  submit("right");
  const { code, stdout } = await clone.run(args().slice(0, -2), env());
  expect(stdout).toMatch(/^student,[^\r]*\r\nright,01-not-everything-is-instant,yes,4,4,,,[\d.]+\r\n$/);
  expect(code).toBe(0);
});

const options = { seed: 1, signal: new AbortController().signal, exerciseMs: 60_000, onNote: () => {} };
const markRight = (numbers: readonly number[], more: object) =>
  markSubmission(
    { student: "right", folder: at("hand-ins", "right") },
    lessons().filter((lesson) => numbers.includes(lesson.number)),
    { ...options, ...more },
  );

test("each sandbox of a lane is a fresh copy at one path, with a workbook that was compiled once", async () => {
  vi.stubEnv("TMPDIR", at("tmp"));
  vi.stubEnv("TEMP", at("tmp"));
  submit("right");
  const asked = lessons().filter(({ number }) => number === 1);
  const exercises = exercisesIn({ student: "right", folder: at("hand-ins", "right") }, asked) ?? expect.unreachable();
  const compiled = await compileWorkbook(options.signal);
  const open = () => openSandbox(exercises, asked, compiled);
  const compiledIn = (folder: string) =>
    readdirSync(path.join(folder, ".workbook", "cache")).filter((each) => each !== "x");
  const first = open();
  const before = compiledIn(first.folder);
  expect(before.map((name) => name.split("-")[0]).sort()).toEqual(["child", "engine"]);
  for (const name of ["workbook/grade/grade.ts", ".workbook/cache/x"])
    writeFileSync(path.join(first.folder, name), "other");
  const beside = open();
  expect(beside.folder).not.toBe(first.folder);
  beside.remove();
  first.remove();
  const second = open();
  expect(second.folder).toBe(first.folder);
  expect(readFileSync(path.join(second.folder, "workbook/grade/grade.ts"), "utf8")).not.toBe("other");
  expect(existsSync(path.join(second.folder, ".workbook/cache/x"))).toBe(false);
  const main = path.join(second.folder, "workbook", "main.js");
  execFileSync(process.execPath, [main, "grade", "1", "--json"], { cwd: second.folder, env: second.env });
  expect(compiledIn(second.folder)).toEqual(before);
  second.remove();
  compiled?.remove();
  expect(readdirSync(at("tmp"))).toEqual([]);
});

test("a grader that hangs is killed, and the row says so", { timeout: 60_000 }, async () => {
  submit("right");
  const notes: string[] = [];
  const marks = await markRight([1], { exerciseMs: 20, onNote: (sentence: string) => notes.push(sentence) });
  const problem = "stopped: the grader was not done after 0.02 s";
  expect(marks).toEqual([expect.objectContaining({ exercise: slug, passed: false, passes: 0, problem })]);
  expect(notes).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "a grader that is killed from outside gets a row that says so, and the next exercise is graded",
  { timeout: 60_000 },
  async () => {
    submit("right");
    cpSync(path.join("solutions", "02-accepted"), at("hand-ins", "right", "exercises", "02-accepted"), {
      recursive: true,
    });
    const marked = markRight([1, 2], {});
    const grader = () =>
      execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .find(([, parent, ...args]) => parent === String(process.pid) && args.join(" ").includes("grade rows"));
    await expect.poll(grader).toBeDefined();
    process.kill(Number(grader()?.[0]), "SIGKILL");
    const ended = "crashed: the grader was ended by SIGKILL";
    expect((await marked).map(({ passed, problem }) => ({ passed, problem }))).toEqual([
      { passed: false, problem: ended },
      { passed: true, problem: null },
    ]);
  },
);
