/**
 * npm run bench measures how fast the workbook is and prints a table; with `-- --write` it also writes RESULTS.md.
 * `npm run bench loops loop` measures only those parts. `npm run bench hand-ins` grades a class of 200 students (a number
 * after it: another size). That takes minutes, so it only runs when you name it, and it has its own table.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { lessons } from "../workbook/content/catalogue.ts";
import { places } from "../workbook/content/places.ts";
import { grade } from "../workbook/grade/grade.ts";
import { gradeMany } from "../workbook/grade/many.ts";
import { root } from "../workbook/root.ts";
import { closePool, keepSpares } from "../workbook/run/memory/pool.ts";
import { measureHandIns } from "./hand-ins.ts";
import { copyWorkbook, keepCoresBusy, median, timed } from "./machine.ts";
import { measureLoops, measureStart } from "./watch-loop.ts";

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly bar: string;
  readonly met: Met;
}

/** null: only for comparison. "at speed": met once this machine's speed is taken into account. */
type Met = boolean | "at speed" | null;

const rows: Row[] = [];
const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function row(what: string, measured: string, bar: string, met: Met): void {
  rows.push({ what, measured, bar, met });
  console.log(`${(met === false ? "MISSED" : wordOf(met)).padEnd(14)}${what}: ${measured} (${bar})`);
}

function wordOf(met: Met): string {
  if (met === null) return "";
  if (met === "at speed") return "met at speed";
  return met ? "met" : "**missed**";
}

/** What `vitest --watch` took for a test of one line on the machine that the bars were set on, ms. */
const yardstickMs = 312;
/** What it takes here, ms; null until it is measured. */
let trivialMs: number | null = null;

/** Adds a row whose bar is a time on the machine that the bars were set on. */
function timeRow(what: string, value: number, mostMs: number): void {
  const scaledMs = trivialMs === null ? value : (value * yardstickMs) / trivialMs;
  const said = trivialMs === null ? "" : ` (by the yardstick ${ms(scaledMs)})`;
  const met = value <= mostMs || (scaledMs <= mostMs && "at speed");
  row(what, `${ms(value)}${said}`, `at most ${mostMs.toLocaleString("en")} ms`, met);
}

async function loops(): Promise<void> {
  const { saves, vitest, trivial } = await measureLoops(8);
  trivialMs = trivial;
  row(
    "a save of a test of one line to its verdict, vitest --watch: the yardstick",
    ms(trivial),
    `${yardstickMs} ms`,
    null,
  );
  for (const [side, { open, all }] of Object.entries(saves)) {
    timeRow(`03: save of ${side}.ts to the open clause on the screen`, open, 40);
    timeRow(`03: save of ${side}.ts to all verdicts`, all, 150);
  }
  row("03: save of server.ts to verdict, vitest --watch", ms(vitest), "for comparison", null);
  const ratio = vitest / saves.server.all;
  row("ratio of the two", ratio.toFixed(1), "at least 5", ratio >= 5);
}

async function solutions(): Promise<void> {
  await keepSpares(2);
  const totals: number[] = [];
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const from = performance.now();
    const tasks = lessons().map((lesson) => {
      const { solution } = places(lesson.slug);
      return { lesson, subject: { server: solution("server.ts"), client: solution("client.ts") } };
    });
    for (const run of await gradeMany(tasks)) {
      if (!run.passed) throw new Error(`The solution of ${run.exercise} does not pass.`);
    }
    totals.push(performance.now() - from);
  }
  timeRow("all six solutions graded", median(totals), 1000);
}

/** The verdicts of two subjects as text: one passes, and one fails a clause. */
async function fingerprint(): Promise<string> {
  const lesson = lessons()[2];
  if (!lesson) throw new Error("There is no lesson 03.");
  const at = places(lesson.slug);
  const subjects = [
    { server: at.solution("server.ts"), client: at.solution("client.ts") },
    { server: at.starter("server.ts"), client: at.starter("client.ts") },
  ];
  const runs = [];
  for (const subject of subjects) runs.push((await grade(lesson, subject)).verdicts);
  return JSON.stringify(runs);
}

async function determinism(): Promise<void> {
  const seen = new Set<string>();
  const times = 50;
  for (let i = 0; i < times; i++) seen.add(await fingerprint());
  const release = keepCoresBusy(availableParallelism());
  try {
    for (let i = 0; i < times; i++) seen.add(await fingerprint());
  } finally {
    release();
  }
  row(
    "two subjects graded 100 times, half of them under load: different verdicts",
    String(seen.size - 1),
    "0",
    seen.size === 1,
  );
}

async function commands(): Promise<void> {
  const copy = copyWorkbook();
  try {
    const vitest = ["node_modules/vitest/vitest.mjs", "run"];
    writeFileSync(
      copy.at("test", "trivial.test.ts"),
      'import { expect, test } from "vitest";\ntest("one", () => expect(1).toBe(1));\n',
    );
    const times = { trivial: [] as number[], three: [] as number[] };
    for (let round = 0; round < 5; round++) {
      times.trivial.push(await timed(process.execPath, [...vitest, "test/trivial.test.ts"], copy.folder));
      times.three.push(await timed(process.execPath, ["workbook/main.js", "test", "3"], copy.folder));
    }
    const ratio = median(times.three) / median(times.trivial);
    const shown = `${ms(median(times.three))}, ${ratio.toFixed(2)} x ${ms(median(times.trivial))}`;
    row("npm test 3, fresh clone, against vitest run with one trivial test", shown, "at most 2 x", ratio <= 2);
    const lesson = { verdict: [] as number[], pipe: [] as number[] };
    for (let round = 0; round < 7; round++) {
      lesson.verdict.push(await measureStart(copy));
      lesson.pipe.push(await timed("npm", ["run", "-s", "lesson", "3"], copy.folder));
    }
    timeRow("npm run lesson to the first verdict on the screen, cold", median(lesson.verdict), 1000);
    row("npm run lesson in a pipe, to its end, cold", ms(median(lesson.pipe)), "for comparison", null);
    const whole = await timed("npm", ["test"], copy.folder);
    row("npm test, fresh clone", `${(whole / 1000).toFixed(1)} s`, "at most 20 s", whole <= 20_000);
  } finally {
    copy.remove();
  }
}

async function loop(): Promise<void> {
  const copy = copyWorkbook();
  try {
    const file = copy.at("loop.ts");
    writeFileSync(file, "export async function runReport() {\n  let n = 0;\n  while (n >= 0) n += 1;\n}\n");
    const lesson = lessons()[1];
    if (!lesson) throw new Error("There is no lesson 02.");
    await keepSpares(2);
    const late: number[] = [];
    for (let round = 0; round < 5; round++) {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const run = await grade(lesson, { client: file });
      if (run.problem?.kind !== "loop") throw new Error("The loop was not seen.");
      late.push(run.elapsedMs - 1000);
    }
    timeRow("a loop is reported after its limit of 1 s", median(late), 150);
  } finally {
    copy.remove();
  }
}

/** The bar for a class. A smaller class gets its share of the minutes. */
const wholeClass = { students: 200, minutes: 10 };

async function handIns(students: number): Promise<void> {
  const { tookMs, wrong } = await measureHandIns(students);
  const minutes = tookMs / 60_000;
  const bar = (wholeClass.minutes * students) / wholeClass.students;
  const pace = `${minutes.toFixed(1)} minutes, ${(students / minutes).toFixed(1)} a minute`;
  const atMost = `at most ${bar} ${bar === 1 ? "minute" : "minutes"}`;
  row(`${students} hand-ins of 01 to 06, right and wrong ones, to marks.csv`, pace, atMost, minutes <= bar);
  for (const fault of wrong) console.log(`        ${fault}`);
  row("rows of marks.csv that are not what they must be", String(wrong.length), "0", wrong.length === 0);
}

const started = new Date();
const words = process.argv.slice(2);
const classAt = words.indexOf("hand-ins");
if (classAt >= 0) {
  await handIns(Number(/^[1-9]\d*$/.exec(words[classAt + 1] ?? "")?.[0] ?? wholeClass.students));
} else {
  const parts = { loops, solutions, determinism, commands, loop };
  const wanted = words.filter((word) => word in parts);
  for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();
}
closePool();

const table = [
  "| what | measured | bar | |",
  "| --- | --- | --- | --- |",
  ...rows.map(({ what, measured, bar, met }) => `| ${what} | ${measured} | ${bar} | ${wordOf(met)} |`),
].join("\n");
const machine = `${started.toISOString().slice(0, 10)}, Node ${process.versions.node}, ${process.platform}, ${availableParallelism()} cores. Medians of one run.`;
console.log(`\n${machine}\n\n${table}`);
if (process.argv.includes("--write")) {
  const file = path.join(root, "bench", "RESULTS.md");
  const old = readFileSync(file, "utf8");
  const block = classAt >= 0 ? "hand-ins" : "figures";
  const [before = ""] = old.split(`<!-- ${block} -->`);
  const [, after = ""] = old.split(`<!-- /${block} -->`);
  writeFileSync(file, `${before}<!-- ${block} -->\n\n${machine}\n\n${table}\n\n<!-- /${block} -->${after}`);
}
process.exitCode = rows.some(({ met }) => met === false) ? 1 : 0;
