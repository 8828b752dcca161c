/** A fresh clone of the workbook in a temporary folder, to run its commands in as a learner does. */
import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../../workbook/root.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Clone {
  readonly folder: string;
  /** A path in it. */
  at(...parts: string[]): string;
  /** Runs one command to its end, without the environment variables that npm and CI set. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Starts one command that does not end by itself. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  /** Removes the learner's files and the state, and restores what is handed out. What was compiled stays. */
  clear(): void;
  /** Copies the solution into the exercise, or the starter. */
  fill(slug: string, from: "solutions" | "lessons"): void;
  remove(): void;
}

/** What a clone has. Learners' files and .workbook are not in it. */
const parts = ["workbook", "lessons", "solutions", "package.json", "tsconfig.json"];

export function freshClone(): Clone {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-clone-"));
  const at = (...names: string[]) => path.join(folder, ...names);
  const copy = (...names: string[]) => cpSync(path.join(root, ...names), at(...names), { recursive: true });
  const handOut = () => {
    for (const entry of readdirSync(path.join(root, "exercises"), { withFileTypes: true })) {
      if (entry.isDirectory()) copy("exercises", entry.name, "SPEC.md");
      else copy("exercises", entry.name);
    }
  };
  parts.forEach((name) => copy(name));
  handOut();
  symlinkSync(path.join(root, "node_modules"), at("node_modules"), "junction");

  const start: Clone["start"] = (args, env = {}) =>
    spawn(process.execPath, [at("workbook", "main.js"), ...args], {
      cwd: folder,
      env: { ...cleanEnv(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    folder,
    at,
    start,
    async run(args, env) {
      const child = start(args, env);
      const stdout = textOf(child.stdout);
      const stderr = textOf(child.stderr);
      const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
      return { code, stdout: stdout(), stderr: stderr() };
    },
    clear() {
      for (const name of ["exercises", "lessons"]) rmSync(at(name), { recursive: true, force: true });
      for (const name of ["state.json", "backups"]) rmSync(at(".workbook", name), { recursive: true, force: true });
      copy("lessons");
      handOut();
    },
    fill(slug, from) {
      for (const name of ["server.ts", "client.ts"]) cpSync(at(from, slug, name), at("exercises", slug, name));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Collects the text of a stream. @returns gives the text so far */
export function textOf(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (data: Buffer) => (text += data.toString()));
  return () => text;
}

function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|CI$|PORT$|BASE_URL$|INIT_CWD$)/.test(name),
  );
  return Object.fromEntries(kept);
}
