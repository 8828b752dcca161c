/** A process that grades the exercises in one sandbox. Whatever it does, the process that started it goes on. */
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { leadsGroup, newProcessTree } from "../run/process-tree.ts";
import { marksWord } from "./mark-here.ts";
import type { Sandbox } from "./sandbox.ts";

export interface Grader {
  /** Kills the process and everything that it started. */
  kill(): void;
  /** Resolves when the process has ended and its output is read. Says how it ended, for the end of a sentence. */
  readonly ended: Promise<string>;
}

export interface GraderOptions {
  readonly seed: number;
  /** The lessons to grade, in this order. */
  readonly slugs: readonly string[];
  /** Called with each line of its standard output. */
  readonly onLine: (line: string) => void;
}

/** How long output is still read after the process has ended: another process may keep the pipes open, ms. */
const drainMs = 2_000;
const maxLine = 65_536;
const maxErrors = 2_000;

export function startGrader(sandbox: Sandbox, { seed, slugs, onLine }: GraderOptions): Grader {
  const main = path.join(sandbox.folder, "workbook", "main.js");
  const tree = newProcessTree(() => running);
  tree.add(null); // It runs a student's code, and what that starts isn't reported here.
  const running = spawn(process.execPath, [main, "grade", marksWord, String(seed), ...slugs], {
    cwd: sandbox.folder,
    env: { ...sandbox.env, ...tree.environment },
    // In a group of its own, which gets no ctrl-c that is typed here.
    detached: leadsGroup,
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const kill = () => {
    running.stdin.destroy();
    tree.end();
  };
  readLines(running, onLine);
  const lastWords = readErrors(running);
  const ended = new Promise<string>((resolve) => {
    let how = "";
    let drain: NodeJS.Timeout | undefined;
    running.once("error", (error) => (how = `the grader could not be started (${error.message})`));
    running.once("exit", (code, signal) => {
      if (how === "") how = `the grader was ended ${signal ? `by ${signal}` : `with code ${code}`}`;
      kill();
      drain = setTimeout(() => [running.stdout, running.stderr].forEach((pipe) => pipe.destroy()), drainMs);
    });
    running.once("close", () => {
      clearTimeout(drain);
      resolve(`${how}${lastWords()}`);
    });
  });
  return { kill, ended };
}

function readLines(running: ChildProcess, onLine: (line: string) => void): void {
  let rest = "";
  running.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = (lines.pop() ?? "").slice(0, maxLine);
    lines.forEach(onLine);
  });
}

/** Reads standard error. @returns gives the error's own line as the end of a sentence, or else the first line */
function readErrors(running: ChildProcess): () => string {
  let text = "";
  running.stderr?.setEncoding("utf8").on("data", (chunk: string) => (text = (text + chunk).slice(0, maxErrors)));
  return () => {
    const lines = text.split("\n");
    const line = lines.find((each) => /^\w*Error\b/.test(each)) ?? lines[0] ?? "";
    return line === "" ? "" : `; it said: ${line}`;
  };
}
