/** Starts one of this folder's entries in a process of its own, with TypeScript understood. */
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../../root.ts";

/**
 * @param entry file name in workbook/real, such as "server-entry.ts"
 * @param input handed over as one JSON argument
 */
export function spawnEntry(entry: string, input: unknown): ChildProcess {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  const args = ["--import", import.meta.resolve("tsx"), "--enable-source-maps", file, JSON.stringify(input)];
  return spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

/** Resolves to the exit code once the process has ended; a signal counts as 1. */
export function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  if (child.signalCode !== null) return Promise.resolve(1);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
