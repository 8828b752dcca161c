/**
 * npm run check: what you run before every commit, in at most two minutes on two cores. Format, lint, types, the fast
 * tests, and those slow ones that are quick enough.
 *
 * npm run check -- all: everything, in at most fifteen minutes; .ci/run calls it.
 *
 * `--fix` lets the formatter write. Every step runs, even after one failed, and the last line counts them all.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { inFolder, installTools, run } from "./run.js";
import { runTests } from "./tests.js";

const usage = "npm run check, npm run check -- all, and with either --fix";
const words = process.argv.slice(2);
const all = words.includes("all");
const fix = words.includes("--fix");
const unknown = words.filter((word) => word !== "all" && word !== "--fix");
if (unknown.length > 0) {
  console.error(`${unknown.join(" ")} is not a word of this command: ${usage}.`);
  process.exit(2);
}

const tsc = inFolder("node_modules", "typescript", "bin", "tsc");
const prettier = inFolder("dev", "node_modules", "prettier", "bin", "prettier.cjs");
const oxlint = inFolder("dev", "node_modules", "oxlint", "bin", "oxlint");

/** Slow tests that the short check runs too: the walls, and every wrong and right implementation. 45 s on two cores. */
const quickOnes = ["test/walls/imports.slow.test.ts", "test/subjects/mutants", "test/subjects/variants"];

/** Gradings on the real clock. They mostly wait, each file for three minutes, so they run side by side, and nothing else. */
const waiting = [
  "test/homes/homes.slow.test.ts",
  "test/run/http/real.slow.test.ts",
  "test/run/http/strange.slow.test.ts",
];

/** Tests that measure real time. They run one after the other, and nothing else. */
const timed = ["test/clients/libraries.slow.test.ts", "test/clients/others.slow.test.ts"];

// vitest passes over a name that fits no file.
for (const file of [...quickOnes, ...waiting, ...timed])
  if (!existsSync(inFolder(file))) throw new Error(`dev/check.js names ${file}, which is not there.`);

/** Files that have not changed are not formatted again: 1 s of processor time instead of 10 s. */
const cached = ["--cache", "--cache-strategy=content", `--cache-location=${inFolder(".workbook", "prettier")}`];

const checks = [
  ["format", () => run(prettier, [fix ? "--write" : "--check", ...cached, "--log-level=warn", "."])],
  ["lint", () => run(oxlint, ["--deny-warnings"])],
  ["types", () => run(tsc, ["-p", "."])],
  ["types of the contract, with neither Node nor a browser", () => run(tsc, ["-p", path.join("workbook", "contract")])],
];

const tests = all
  ? [
      ["tests", () => runTests([...waiting, ...timed].flatMap((file) => ["--exclude", file]))],
      ["tests that measure time", () => runTests(["--no-file-parallelism", ...timed])],
      ["tests that wait", () => runTests([`--maxWorkers=${waiting.length}`, ...waiting])],
    ]
  : [
      ["fast tests", () => runTests(["--project", "fast"])],
      ["slow tests that are quick", () => runTests(["--project", "slow", ...quickOnes])],
    ];

installTools();
const total = { passed: 0, failed: 0, skipped: 0 };
const summary = [];
for (const [name, step] of [...checks, ...tests]) {
  console.log(`running ${name}`);
  const from = performance.now();
  const result = step();
  const counts = typeof result === "boolean" ? { passed: result ? 1 : 0, failed: result ? 0 : 1, skipped: 0 } : result;
  for (const key of Object.keys(total)) total[key] += counts[key];
  // A step without a single pass has not run.
  const passed = counts.failed === 0 && counts.passed > 0;
  if (!passed) process.exitCode = 1;
  summary.push(`${passed ? "passed" : "FAILED"}  ${name}, ${((performance.now() - from) / 1000).toFixed(1)} s`);
  console.log(summary.at(-1));
}
console.log(`\n${summary.join("\n")}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
