/** How long it takes to grade a class with the command that a teacher uses, and whether the marks are right. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../workbook/root.ts";
import { makeClass, type ExpectedRow } from "./class.ts";

export interface HandInFigures {
  readonly students: number;
  /** The whole command, ms. */
  readonly tookMs: number;
  /** A sentence for each row that is wrong or missing. */
  readonly wrong: readonly string[];
}

/** Runs `npm run grade -- all --submissions DIR --output marks.csv`. Its messages go to standard error. */
export async function measureHandIns(students: number): Promise<HandInFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-class-"));
  try {
    const handIns = path.join(folder, "hand-ins");
    const marks = path.join(folder, "marks.csv");
    mkdirSync(handIns);
    const expected = makeClass(handIns, students);
    const from = performance.now();
    const code = await grade(["all", "--submissions", handIns, "--output", marks]);
    const tookMs = performance.now() - from;
    const ended = code === 0 ? [] : [`the command ended with ${code}`];
    return { students, tookMs, wrong: [...ended, ...faults(expected, rowsOf(readFileSync(marks, "utf8")))] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function grade(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const main = path.join(root, "workbook", "main.js");
    const child = spawn(process.execPath, [main, "grade", ...args], { stdio: ["ignore", "ignore", "inherit"] });
    child.once("error", reject);
    child.once("close", resolve);
  });
}

/** A row's cells by column name. */
type Row = Readonly<Record<string, string>>;

/** Reads CSV as `grade` writes it, with no line feed inside a cell. */
export function rowsOf(csv: string): readonly Row[] {
  const [names = [], ...rows] = csv
    .trimEnd()
    .split("\r\n")
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(cell));
  return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])));
}

function cell([, quoted, plain]: RegExpMatchArray): string {
  return quoted?.replaceAll('""', '"') ?? plain ?? "";
}

/** A sentence for each row that differs from the expected one. */
export function faults(expected: readonly ExpectedRow[], rows: readonly Row[]): readonly string[] {
  const count =
    rows.length === expected.length ? [] : [`there are ${rows.length} rows, and must be ${expected.length}`];
  return [...count, ...expected.flatMap((each, index) => faultOf(each, rows[index]))];
}

function faultOf({ student, exercise, passed, open, problem }: ExpectedRow, row: Row | undefined): string[] {
  const name = `${student} ${exercise}`;
  const found = `${row?.["student"]} ${row?.["exercise"]}`;
  if (row === undefined || found !== name) return [`${name} has no row in its place`];
  const kind = /^[a-z]*/.exec(row["problem"] ?? "")?.[0];
  const checks: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["passed", passed ? "yes" : "no", row["passed"]],
    ["first failing clause", open, row["first failing clause"]],
    ["problem", problem, kind],
  ];
  return checks.flatMap(([what, must, is]) =>
    must === undefined || must === is ? [] : [`${name}: ${what} is "${is}", and must be "${must}"`],
  );
}
