/** The child's program: bundled by esbuild into .workbook/cache, once for each state of its files. */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../../root.ts";
import type { Program } from "./child.ts";

/**
 * - `plain`: it is ready as soon as it can be
 * - `warm`: it plays something first, so that the next run is fast: worth it for a child that waits for a save
 * - `heavy`: with no limit to its memory
 * - `debug`: with the inspector on, waiting for a debugger
 */
export type ChildKind = "plain" | "warm" | "heavy" | "debug";

const dayMs = 24 * 60 * 60 * 1000;
const childFolder = path.join(root, "workbook", "run", "memory", "child");

/** Plain JavaScript, loaded before all else and in this order; worker threads of the subject load them too. */
const preloads = ["guard.cjs", "clock.cjs", "net.cjs"];

/**
 * V8's interrupt budget: how much bytecode runs before V8 optimises a function. Node 20 optimises what has run for a few
 * ms. In a child's short life that never pays; a long loop is still optimised. Newer V8s have a quick compiler for this.
 * Measured on Node 20: step 03 takes 146 ms of the children's processor time, 180 ms without it.
 */
const interruptBudget = process.versions.v8.startsWith("11.") ? ["--interrupt-budget=1000000"] : [];

/**
 * V8 starts to collect type feedback for a function after it has run for a while. A child that warms up collects it from
 * the first call on, so that what is played next is faster.
 * Measured on Node 20: step 03 takes 146 ms of the children's processor time, 159 ms without it; the open clause of a client
 * comes about 10 ms sooner.
 */
const feedbackFromFirstCall = ["--no-lazy-feedback-allocation"];

/**
 * fetch parses HTTP in WebAssembly. After some use V8 compiles that parser again with its optimising compiler: 150 ms of a
 * core, in a client's first scenario. Before each jump of the virtual clock Node waits for V8's threads, so every jump
 * waits for that compilation. The quick compiler's code is fast enough.
 * Measured on Node 20: 150 ms of a cold client's first scenario; warmed up, step 03 takes 146 ms of the children's processor
 * time, 161 ms without it.
 * Node doesn't start with a flag that it doesn't know; this one is known from 20 to 26.
 */
const noWasmTierUp = Number.parseInt(process.versions.node) <= 26 ? ["--wasm-tiering-budget=1000000000"] : [];

let prepared: Promise<string> | undefined;

/**
 * What node is started with for a child.
 * @param port for `debug`: where the inspector listens; null when an editor attaches by itself
 */
export async function childProgram(kind: ChildKind, port: number | null = null): Promise<Program> {
  const main = await (prepared ??= prepare());
  const args = ["--expose-internals", "--experimental-vm-modules", "--no-warnings", ...noWasmTierUp];
  for (const name of preloads) args.push("--require", path.join(childFolder, name));
  if (kind === "plain" || kind === "warm") args.push("--max-old-space-size=768", ...interruptBudget);
  if (kind === "warm") args.push(...feedbackFromFirstCall);
  if (kind !== "debug" || port === null) return { args: [...args, main, kind] };
  return { args: [...args, waiting(main), kind, String(port)] };
}

/**
 * A program that waits for a debugger, and then is the usual one. It opens the inspector itself: with node's own flag a
 * quick debugger would attach, and let it run, before it waits.
 */
function waiting(main: string): string {
  const file = main.replace(/\.mjs$/, "-debug.mjs");
  const open = `inspector.open(Number(process.argv.pop()), "127.0.0.1", true);`;
  const lines = [`import inspector from "node:inspector";`, open, `await import("./${path.basename(main)}");`];
  if (!existsSync(file)) replace(file, `${lines.join("\n")}\n`);
  return file;
}

async function prepare(): Promise<string> {
  const file = path.join(cacheFolder(), `child-${stamp()}.mjs`);
  if (existsSync(file)) return file;
  // Loaded only where it is needed: a child can then start while the rest of the program is loaded.
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: [path.join(childFolder, "main.ts")],
    inject: [path.join(childFolder, "globals.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "silent",
    outfile: file,
  });
  replace(file, result.outputFiles[0]?.text ?? "");
  return file;
}

/** A name for the program's files as they are now: by path, size and time of change. */
function stamp(): string {
  const lines = ["contract", "run"].flatMap((name) => {
    const folder = path.join(root, "workbook", name);
    return readdirSync(folder, { recursive: true }).map((entry) => {
      const file = path.join(folder, String(entry));
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    });
  });
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}

/** Whole or not at all, also when two processes do it at once. */
function replace(file: string, text: string): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, file);
}

/** `.workbook/cache`, or where nothing can be written there, a folder of the system's for temporary files. */
function cacheFolder(): string {
  const own = path.join(root, ".workbook", "cache");
  try {
    mkdirSync(own, { recursive: true });
    accessSync(own, constants.W_OK);
    prune(own);
    return own;
  } catch (error) {
    if (!isNoAccess(error)) throw error;
    return temporaryFolder();
  }
}

/** Removes old programs. Not at once: a workbook that is running may still start children of its own. */
function prune(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > dayMs) rmSync(file, { force: true });
  }
}

/**
 * A folder that only this user can write to, gone when this process ends. Packages are found from the program's own
 * folder: the link makes the workbook's ones visible there.
 */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-"));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isNoAccess(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && ["EACCES", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EEXIST"].includes(code);
}
