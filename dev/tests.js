/** Runs tests with vitest and counts them. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inFolder, run } from "./run.js";

/** Runs vitest, slow tests included, with these arguments. @returns how many tests passed, failed and were skipped */
export function runTests(args) {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-check-"));
  const file = path.join(folder, "tests.json");
  const vitest = inFolder("node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  try {
    const isGreen = run(vitest, ["run", ...reporters, ...args], { ACCEPTED_ALL_TESTS: "1" });
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
    const report = JSON.parse(readFileSync(file, "utf8"));
    // A file that broke before its tests ran counts them as skipped, so the file itself is counted as a failure.
    const brokenFiles = report.testResults.filter(
      (one) => one.status === "failed" && !one.assertionResults.some(({ status }) => status === "failed"),
    );
    const failed = report.numFailedTests + brokenFiles.length;
    return {
      passed: report.numPassedTests,
      // vitest also fails for an error outside of all tests.
      failed: failed === 0 && !isGreen ? 1 : failed,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
