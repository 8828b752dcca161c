/** Programs of this machine, such as curl, if it has them. */
import { execFile, spawnSync } from "node:child_process";

/** The version that a program prints; null when it is not installed. */
export function programVersion(file: string, args: readonly string[], pattern: RegExp): string | null {
  const { stdout } = spawnSync(file, args, { encoding: "utf8" });
  return pattern.exec(stdout ?? "")?.[1] ?? null;
}

/** Runs a program to its end, for a minute at most. @returns what it printed, whatever its exit code */
export function output(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 60_000 }, (_error, stdout) => resolve(stdout));
  });
}
