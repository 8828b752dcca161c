/** A copy of the workbook to measure in, so that your exercises stay as they are. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../workbook/root.ts";

export interface Copy {
  readonly folder: string;
  at(...parts: string[]): string;
  remove(): void;
}

/** Copies the working tree, new files included, but no exercise files. node_modules is a link. */
export function copyWorkbook(): Copy {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-bench-"));
  const list = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  for (const file of list.trim().split("\n")) {
    if (/^exercises\/.*\/.*\.ts$/.test(file)) continue;
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    cpSync(path.join(root, file), path.join(folder, file));
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "dir");
  return {
    folder,
    at: (...parts) => path.join(folder, ...parts),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Wall time of a command, ms. The command may fail, as it does when exercises are not solved. */
export function timed(command: string, args: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(command, args, { cwd, stdio: "ignore", env: { ...process.env, CI: "true" } });
    child.on("error", reject);
    child.on("close", () => resolve(performance.now() - from));
  });
}

/** A program that keeps a core busy until the process that started it is gone. */
const busy = "const parent = process.ppid; while (process.ppid === parent);";

/** Keeps this many cores busy until you call the returned function, or this process ends. */
export function keepCoresBusy(count: number): () => void {
  const children = Array.from({ length: count }, () => spawn(process.execPath, ["-e", busy], { stdio: "ignore" }));
  return () => {
    for (const child of children) child.kill("SIGKILL");
  };
}
