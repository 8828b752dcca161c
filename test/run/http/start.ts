/** Starts servers in their own processes, and finds the tools that the examples need. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findLesson } from "../../../workbook/content/catalogue.ts";
import type { Lesson } from "../../../workbook/content/lesson.ts";
import { root } from "../../../workbook/root.ts";
import { isReachable } from "../../../workbook/run/http/reachable.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";

/** True if the tool is installed. Otherwise prints why tests are skipped. */
export function has(tool: string): boolean {
  const { error, status } = spawnSync(tool, ["--version"], { stdio: "ignore" });
  const there = !error && status === 0;
  if (!there) console.log(`skipped: the tests that need ${tool}, which is not installed`);
  return there;
}

/** The processes and files that a test file started and wrote. Each test file has one. */
export interface Stage {
  /** Starts a server that takes its port as its last argument. @returns its URL, once it listens */
  program(command: string, args: readonly string[]): Promise<string>;
  /** Serves a module that exports a `fetch` method. @returns its URL, once it listens */
  module(file: string): Promise<string>;
  /** Like `module`, and starts it again whenever it ends. */
  supervised(file: string): Promise<string>;
  /** Writes a file, as deep below the root as exercises are. @returns its path */
  file(name: string, text: string): string;
  /** Ends all processes and removes all files. */
  end(): void;
}

export function newStage(): Stage {
  const children: ChildProcess[] = [];
  const folders: string[] = [];
  const listening = async (port: number, child: ChildProcess) => {
    children.push(child);
    const url = `http://127.0.0.1:${port}`;
    if (!(await isReachable(new URL(url), 20_000))) throw new Error(`Nothing listens at ${url}.`);
    return url;
  };
  let isOver = false;
  const serve = (file: string, port: number) => {
    const entry = fileURLToPath(new URL("../../../workbook/run/process/server-entry.ts", import.meta.url));
    const args = ["--import", "tsx", entry, JSON.stringify({ file, port })];
    return spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  };
  return {
    program: async (command, args) => {
      const port = await freePort();
      return listening(
        port,
        spawn(command, [...args, String(port)], { cwd: root, stdio: ["ignore", "ignore", "inherit"] }),
      );
    },
    module: async (file) => {
      const port = await freePort();
      return listening(port, serve(file, port));
    },
    supervised: async (file) => {
      const port = await freePort();
      const start = () => {
        const child = serve(file, port);
        child.once("exit", () => isOver || start());
        children.push(child);
        return child;
      };
      return listening(port, start());
    },
    file: (name, text) => {
      const home = path.join(root, ".workbook");
      mkdirSync(home, { recursive: true });
      const folder = mkdtempSync(path.join(home, "real-"));
      folders.push(folder);
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    },
    end: () => {
      isOver = true;
      for (const child of children) child.kill("SIGKILL");
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws Error when there is no such lesson */
export function lessonOf(word: string): Lesson {
  const lesson = findLesson(word);
  if (!lesson) throw new Error(`There is no lesson ${word}.`);
  return lesson;
}

/** What must be the same however a subject is graded: "clause verdict", with what comes first. */
export function verdictsOf(run: Run, side: "server" | "client"): string[] {
  return run.verdicts
    .filter((verdict) => verdict.side === side)
    .map(({ clause, verdict, blockedBy }) => `${clause} ${verdict}${blockedBy === null ? "" : ` (${blockedBy})`}`);
}

/** What does not pass, and why, for a failure's text. */
export function notPassing(run: Run): string[] {
  return [
    ...(run.problem ? [run.problem.message] : []),
    ...run.verdicts
      .filter(({ verdict, level }) => verdict !== "pass" && level === "must")
      .map(({ clause, verdict, seen, blockedBy }) => `${clause} ${verdict}: ${seen ?? blockedBy ?? ""}`),
  ];
}
