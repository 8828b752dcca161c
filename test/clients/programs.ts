/** Programs of other languages, if this machine has them. */
import { execFile, spawnSync } from "node:child_process";

/** A program's version as it says it itself; null where it is not installed. */
export function programVersion(file: string, args: readonly string[], pattern: RegExp): string | null {
  const { stdout } = spawnSync(file, args, { encoding: "utf8" });
  return pattern.exec(stdout ?? "")?.[1] ?? null;
}

/** Runs a program to its end, a minute at most. Returns what it printed, whatever its exit code. */
export function output(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 60_000 }, (_error, stdout) => resolve(stdout));
  });
}
