/** A learner's program as a child process: started through the system's shell, and ended with all that it started. */
import { spawn } from "node:child_process";

export interface Program {
  /** The last line of standard output that is JSON, as soon as there is one. */
  readonly result: Promise<void>;
  readonly ended: Promise<void>;
  line: string | undefined;
  /** Standard error, at most 64 KiB. */
  errors: string;
  /** undefined while it runs; 1 when a signal ended it. */
  code: number | undefined;
  onText: (text: string) => void;
  kill(): Promise<void>;
}

const maxText = 65_536;

/** @param env added to the environment of this process */
export function startProgram(command: string, env: Readonly<Record<string, string>>): Program {
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    detached: process.platform !== "win32",
  });
  let told: () => void = () => undefined;
  const program: Program = {
    result: new Promise<void>((resolve) => (told = resolve)),
    ended: new Promise<void>((resolve) => {
      child.on("error", (error) => {
        program.errors += error.message;
        program.code = 127;
        resolve();
      });
      child.on("close", (code) => {
        program.code = code ?? 1;
        resolve();
      });
    }),
    line: undefined,
    errors: "",
    code: undefined,
    onText: () => undefined,
    kill: async () => {
      if (program.code === undefined) end(child.pid);
      await program.ended;
    },
  };
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-maxText);
    const lines = text.split("\n").slice(0, -1);
    for (const line of lines) {
      if (isJson(line)) {
        program.line = line.trim();
        told();
      } else if (line.trim()) program.onText(line);
    }
    text = text.slice(text.lastIndexOf("\n") + 1);
  });
  child.stdout.on("end", () => {
    if (isJson(text)) program.line = text.trim();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    program.errors = (program.errors + chunk).slice(0, maxText);
  });
  return program;
}

/** Ends the program and what it started: its process group, or on Windows its process tree. */
function end(pid: number | undefined): void {
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It ended by itself in this very moment.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function isJson(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed === "") return false;
  try {
    JSON.parse(trimmed);
    return true;
  } catch {
    // Any other line: it is what the program prints for people.
    return false;
  }
}
