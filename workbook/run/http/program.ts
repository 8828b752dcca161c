/** A learner's program (`--command`): started through the system's shell, killed with everything that it started. */
import { spawn } from "node:child_process";
import { jsonOf } from "../../contract/http/json.ts";
import { leadsGroup, newProcessTree, type ProcessTree } from "../process-tree.ts";

export interface Program {
  /** The last line of standard output that is JSON. */
  readonly json: string | null;
  /** The last 64 KiB of standard error. */
  readonly stderr: string;
  /** null while it runs; 1 when a signal ended it. */
  readonly code: number | null;
  /** Resolves when it has printed a JSON object, as a report is. */
  readonly reported: Promise<void>;
  /** Resolves when it has ended and all its output was read. */
  readonly ended: Promise<void>;
  /** Kills it if it still runs, and what it has left behind. */
  kill(): Promise<void>;
}

export interface ProgramOptions {
  readonly command: string;
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Called with each line that is not JSON: what it prints for people. */
  readonly onText: (text: string) => void;
}

/** What is kept of a line and of standard error, characters. */
const maxText = 65_536;
/** How long output is read after the program's end, ms: something that it left behind may hold the pipes open. */
const unreadMs = 300;
/** Exit codes of a shell that can't find a command, or may not run it; the last one is Windows'. */
const notFoundCodes: readonly (number | null)[] = [126, 127, 9009];

const running = new Set<ProcessTree>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function startProgram({ command, env, onText }: ProgramOptions): Program {
  const tree = newProcessTree(() => child);
  tree.add(null); // The shell starts the program, and what that starts isn't reported.
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env, ...tree.environment },
    detached: leadsGroup,
  });
  keep(tree);
  let report: () => void = () => undefined;
  const state = { json: null as string | null, stderr: "", code: null as number | null };
  const ended = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      state.stderr += error.message;
      state.code = 127;
      resolve();
    });
    child.on("exit", (code) => {
      const end = () => {
        state.code ??= code ?? 1;
        resolve();
      };
      const timer = setTimeout(end, unreadMs);
      child.once("close", () => {
        clearTimeout(timer);
        end();
      });
    });
  });
  let text = "";
  const take = (line: string) => {
    const value = jsonOf(line);
    if (value === undefined) {
      if (line.trim()) onText(line);
      return;
    }
    state.json = line.trim();
    if (typeof value === "object" && value !== null) report();
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (text + chunk).split("\n");
    text = (lines.pop() ?? "").slice(-maxText);
    lines.forEach(take);
  });
  child.stdout.on("end", () => take(text));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    state.stderr = (state.stderr + chunk).slice(-maxText);
  });
  return {
    get json() {
      return state.json;
    },
    get stderr() {
      return state.stderr;
    },
    get code() {
      return state.code;
    },
    reported: new Promise<void>((resolve) => (report = resolve)),
    ended,
    kill: async () => {
      tree.end();
      running.delete(tree);
      if (running.size === 0) for (const signal of signals) process.off(signal, endAll);
      await ended;
    },
  };
}

/** True if the shell found no such command, or could not run it. */
export function isNotFound({ code, stderr }: Pick<Program, "code" | "stderr">): boolean {
  if (notFoundCodes.includes(code)) return true;
  return process.platform === "win32" && code === 1 && /is not recognized as/.test(stderr);
}

/** Nothing that was started outlives the workbook, not even when it is interrupted. */
function keep(tree: ProcessTree): void {
  if (running.size === 0) for (const signal of signals) process.on(signal, endAll);
  running.add(tree);
}

function endAll(signal: NodeJS.Signals): void {
  for (const tree of running) tree.end();
  process.exit(signal === "SIGINT" ? 130 : signal === "SIGHUP" ? 129 : 143);
}
