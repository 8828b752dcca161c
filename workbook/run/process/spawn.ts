/** Starts the programs of this folder, each in a process of its own that understands TypeScript. */
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../../root.ts";
import { leadsGroup, newProcessTree } from "../process-tree.ts";
import type { ClientInput } from "./client-entry.ts";
import type { FromServer, ServerInput } from "./server-entry.ts";

export interface ServerProcess {
  /** Resolves to the exit code when the process has ended; 1 when a signal ended it. */
  readonly ended: Promise<number>;
  /**
   * Sends the signal, and kills the process if it hasn't ended within a second. What it started is killed in any case.
   * Resolves when it has ended.
   */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** How long a server may take to shut down by itself, ms. */
const shutdownMs = 1_000;

/** Starts a learner's server; its output goes to this process's own. */
export function startServer(input: ServerInput, onMessage: (message: FromServer) => void): ServerProcess {
  const tree = newProcessTree(() => child);
  tree.add(null); // Nothing reports what a learner's server starts.
  const child = spawn(process.execPath, argumentsFor("server-entry.ts", input), {
    cwd: root,
    env: { ...process.env, ...tree.environment },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: leadsGroup,
  });
  child.on("message", onMessage);
  const ended = exitCodeOf(child);
  return {
    ended,
    async stop(signal = "SIGTERM") {
      const late = setTimeout(() => tree.end(), shutdownMs);
      child.kill(signal);
      await ended;
      clearTimeout(late);
      tree.end();
    },
  };
}

/** Runs a learner's client in the foreground, where ctrl-c reaches it. @returns its exit code; 1 when a signal ended it */
export function runClient(input: ClientInput): Promise<number> {
  const args = argumentsFor("client-entry.ts", input);
  return exitCodeOf(spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }));
}

/** @param input passed as one argument, as JSON */
function argumentsFor(entry: string, input: unknown): string[] {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  return ["--import", import.meta.resolve("tsx"), "--enable-source-maps", file, JSON.stringify(input)];
}

function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
