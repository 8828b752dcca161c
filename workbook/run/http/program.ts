/** A learner's program (`--command`): started through the system's shell, killed with everything that it started. */
import { spawn } from "node:child_process";
import { leadsGroup, newProcessTree, type ProcessTree } from "../process-tree.ts";

export interface Program {
  /** The last line of standard output that is JSON. */
  readonly line: string | null;
  /** Standard error, at most 64 KiB. */
  readonly errors: string;
  /** null while it runs; 1 when a signal ended it. */
  readonly code: number | null;
  /** Resolves when a line that is a JSON object was told, which is what a report is. */
  readonly told: Promise<void>;
  /** Resolves when it has ended and all that it wrote was read. */
  readonly ended: Promise<void>;
  /** Ends it, if it still runs, and what it has left behind. */
  kill(): Promise<void>;
}

export interface Start {
  readonly command: string;
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Called with each line that is no JSON: what it prints for people. */
  readonly onText: (text: string) => void;
}

const maxText = 65_536;
/** What a program left behind may hold its output open; so long is read on after its end, ms. */
const lastWordsMs = 300;
/** Exit codes of a shell that finds no such command, or may not run it; the last is Windows'. */
const notFoundCodes: readonly (number | null)[] = [126, 127, 9009];

const running = new Set<ProcessTree>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function startProgram({ command, env, onText }: Start): Program {
  const tree = newProcessTree(() => child);
  tree.add(null); // The shell starts the program, and what that starts isn't reported.
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env, ...tree.environment },
    detached: leadsGroup,
  });
  keep(tree);
  let tell: () => void = () => undefined;
  const state = { line: null as string | null, errors: "", code: null as number | null };
  const ended = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      state.errors += error.message;
      state.code = 127;
      resolve();
    });
    child.on("exit", (code) => {
      const end = () => {
        state.code ??= code ?? 1;
        resolve();
      };
      const timer = setTimeout(end, lastWordsMs);
      child.once("close", () => {
        clearTimeout(timer);
        end();
      });
    });
  });
  let text = "";
  const take = (line: string) => {
    const value = jsonIn(line);
    if (value === undefined) {
      if (line.trim()) onText(line);
      return;
    }
    state.line = line.trim();
    if (typeof value === "object" && value !== null) tell();
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (text + chunk).split("\n");
    text = (lines.pop() ?? "").slice(-maxText);
    lines.forEach(take);
  });
  child.stdout.on("end", () => take(text));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    state.errors = (state.errors + chunk).slice(-maxText);
  });
  return {
    get line() {
      return state.line;
    },
    get errors() {
      return state.errors;
    },
    get code() {
      return state.code;
    },
    told: new Promise<void>((resolve) => (tell = resolve)),
    ended,
    kill: async () => {
      tree.end();
      running.delete(tree);
      if (running.size === 0) for (const signal of signals) process.off(signal, endAll);
      await ended;
    },
  };
}

/** The shell had no such command, or could not run it. */
export function isNotFound({ code, errors }: Pick<Program, "code" | "errors">): boolean {
  if (notFoundCodes.includes(code)) return true;
  return process.platform === "win32" && code === 1 && /is not recognized as/.test(errors);
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

/** The JSON value of a line; undefined when it is none. */
function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined; // Any other line: it is what the program prints for people.
  }
}
