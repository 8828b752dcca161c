/** Whatever the graded code does, the grading ends, its verdicts are true, and it leaves no process behind. */
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { findLesson } from "../../../workbook/content/catalogue.ts";
import type { Lesson } from "../../../workbook/content/lesson.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { root } from "../../../workbook/root.ts";
import { closePool } from "../../../workbook/run/memory/pool.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";
import { forging } from "./forging.ts";
import { goingWrong } from "./going-wrong.ts";
import { leaving } from "./leaving.ts";
import { patching } from "./patching.ts";
import { client, server, type Row } from "./row.ts";

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "hostile-")));
const outside = path.join(folder, "outside.txt");
/** In the environment of every process that descends from this one. */
const mark = `HOSTILE_TEST=${randomUUID()}`;
process.env["HOSTILE_TEST"] = mark.split("=")[1];
afterAll(() => {
  closePool();
  rmSync(folder, { recursive: true, force: true });
});

const rows = [...goingWrong, ...patching, ...forging, ...leaving];
/** A run takes less than 5 s on a quiet machine. The limit only has to catch runs that never end, ms. */
const longestMs = 60_000;

/** Exercise 02; for a client also the clauses of 03 about what it leaves running. */
function lessonFor({ side }: Pick<Row, "side">): Lesson {
  const lesson = findLesson("2");
  if (!lesson) throw new Error("There is no lesson 2.");
  return side === "server" ? lesson : { ...lesson, graded: [...lesson.graded, "client.stops", "client.quiet"] };
}

function write(row: Pick<Row, "name" | "side" | "source">): string {
  const own = mkdtempSync(path.join(folder, "row-"));
  const file = path.join(own, `${row.side}.ts`);
  writeFileSync(file, row.source.replaceAll("ROOT", root).replaceAll("OUTSIDE", outside));
  return file;
}

function check(run: Run, { told, source }: Row): void {
  const failed = run.verdicts.filter(({ level, verdict }) => level === "must" && verdict === "fail");
  const seen = failed.map(({ clause, problem }) => ({ clause, problem: problem?.message ?? null }));
  if (told.problem !== undefined) {
    expect(run.problem?.kind ?? null, run.problem?.message).toBe(told.problem?.kind ?? null);
    if (told.problem?.says !== undefined) expect(run.problem?.message).toContain(told.problem.says);
    if (told.problem?.at !== undefined) {
      const lines = source.split("\n");
      expect(lines[(run.problem?.line ?? 0) - 1], `line ${run.problem?.line}`).toContain(told.problem.at);
    }
  }
  if (told.fails) {
    expect(
      failed.map(({ clause }) => clause),
      JSON.stringify(seen),
    ).toEqual(told.fails);
    expect(run.passed).toBe(run.problem === null && told.fails.length === 0);
  }
  if (told.notice === null) expect(run.notice).toBeNull();
  else if (told.notice !== undefined) expect(run.notice ?? "").toContain(told.notice);
  if (told.printed !== undefined) expect(run.output.map(({ text }) => text).join("")).toContain(told.printed);
}

/** The living processes that descend from this one, except the compiler. Linux only. */
function left(): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return command === "" || command.includes("esbuild") ? [] : [`${pid} ${command}`];
    } catch {
      return []; // It has just ended.
    }
  });
}

async function nothingIsLeft(): Promise<void> {
  if (process.platform !== "linux") return;
  // A killed process needs a moment to disappear.
  await expect.poll(left, { timeout: 5_000 }).toEqual([]);
}

test("the code that these rows are made of is right, and nothing is said of it", async () => {
  for (const side of ["server", "client"] as const) {
    const source = side === "server" ? server() : client();
    const run = await grade(lessonFor({ side }), { [side]: write({ name: side, side, source }) });
    expect(run.problem).toBeNull();
    expect(run.verdicts.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(run.notice).toBeNull();
  }
  await nothingIsLeft();
});

test.for(rows)("$side: $name", { timeout: 2 * longestMs }, async (row) => {
  const file = write(row);
  const run = await grade(lessonFor(row), { [row.side]: file });
  expect(run.elapsedMs).toBeLessThan(longestMs);
  check(run, row);
  await nothingIsLeft();
});

test("the page for readers says of each row what these tests prove", () => {
  const text = readFileSync(path.join(root, "lessons", "HOSTILE.md"), "utf8");
  const cells = text.split("\n").filter((line) => /^\| (server|client) /.test(line));
  // Inside a cell a bar is written as \\|, and underscores or stars may be escaped.
  const said = cells.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/\\(.)/g, "$1")),
  );
  expect(said).toEqual(rows.map(({ side, name, happens, standing }) => [side, name, happens, standing]));
});

test("what is written outside the folder is really there: nothing keeps it from it", async () => {
  const row = leaving.find(({ name }) => name === "writes outside its folder");
  if (!row) throw new Error("The row is gone.");
  rmSync(outside, { force: true });
  await grade(lessonFor(row), { server: write(row) });
  expect(existsSync(outside)).toBe(true);
});

test("after hostile code the next subject is graded as ever", async () => {
  const hostile = write({ name: "dirty", side: "server", source: patching[0]?.source ?? "" });
  await grade(lessonFor({ side: "server" }), { server: hostile });
  const run = await grade(lessonFor({ side: "server" }), {
    server: write({ name: "clean", side: "server", source: server() }),
  });
  expect(run.passed).toBe(true);
  expect(run.notice).toBeNull();
});
