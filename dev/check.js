/**
 * npm run check: format, lint, types, and all tests, slow ones too. Each step runs, even after one failed; the last line
 * counts all of it. `npm run check -- --fix` lets the formatter write.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => path.join(root, ...parts);
const fix = process.argv.includes("--fix");

/** Runs a program of ours; true if it ended well. */
function run(file, args, options = {}) {
  const done = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: "inherit", ...options });
  if (done.error) throw done.error;
  return done.status === 0;
}

/** The tools that only maintainers need have a folder and a lockfile of their own. */
function installTools() {
  if (existsSync(at("dev", "node_modules", ".package-lock.json"))) return;
  console.log("Installing the maintainers' tools into dev/node_modules …");
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
  const done = spawnSync(command, [...first, "ci", "--prefix", at("dev"), "--no-fund", "--no-audit"], {
    cwd: root,
    stdio: "inherit",
    shell: !npm && process.platform === "win32",
  });
  if (done.status !== 0) throw new Error("npm ci in dev/ failed; see above.");
}

/** Tests that measure real time: played when nothing else takes it from them. */
const timed = [
  "test/run/http/real.slow.test.ts",
  "test/clients/libraries.slow.test.ts",
  "test/clients/others.slow.test.ts",
];

/** Runs tests by vitest's own words and returns its count. */
function runTests(args) {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-check-"));
  const file = path.join(folder, "tests.json");
  try {
    const vitest = at("node_modules", "vitest", "vitest.mjs");
    run(vitest, ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...args], {
      env: { ...process.env, ACCEPTED_ALL_TESTS: "1" },
    });
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
    const report = JSON.parse(readFileSync(file, "utf8"));
    // A file that broke before its tests could run: they are there, and skipped.
    const brokenFiles = report.testResults.filter(
      (one) => one.status === "failed" && !one.assertionResults.some(({ status }) => status === "failed"),
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

installTools();
const steps = {
  format: () =>
    run(at("dev", "node_modules", "prettier", "bin", "prettier.cjs"), [
      fix ? "--write" : "--check",
      "--log-level=warn",
      ".",
    ]),
  lint: () => run(at("dev", "node_modules", "oxlint", "bin", "oxlint"), ["--deny-warnings"]),
  types: () => run(at("node_modules", "typescript", "bin", "tsc"), ["-p", "."]),
  "types of the contract, with neither Node nor a browser": () =>
    run(at("node_modules", "typescript", "bin", "tsc"), ["-p", "workbook/contract"]),
};

const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, step] of Object.entries(steps)) {
  const from = performance.now();
  const passed = step();
  total[passed ? "passed" : "failed"] += 1;
  console.log(`${passed ? "passed" : "FAILED"}  ${name}, ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
const counts = [runTests(timed.flatMap((file) => ["--exclude", file])), runTests(["--no-file-parallelism", ...timed])];
for (const count of counts) for (const key of Object.keys(total)) total[key] += count[key];
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || counts.some(({ passed }) => passed === 0) ? 1 : 0;
