/** The child's program: bundled once a process by esbuild into .workbook/cache, so that a child compiles nothing. */
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { root } from "../catalogue.ts";
import type { Program } from "./child.ts";

/**
 * - `warm`: it plays something first, so that the real run is fast and finds all packages loaded
 * - `heavy`: with no limit to its memory
 * - `debug`: with the inspector on, waiting for a debugger
 */
export type ChildKind = "warm" | "heavy" | "debug";

const childFolder = path.join(root, "workbook", "run", "child");

/** Plain JavaScript, loaded before all else and in this order; worker threads of the subject load them too. */
const preloads = ["guard.cjs", "clock.cjs", "net.cjs"];

let prepared: Promise<string> | undefined;

/**
 * What node is started with for a child. Rebuilt once a process (20 ms), so that it is never stale.
 * @param port for `debug`: where the inspector listens; null when an editor attaches by itself
 */
export async function childProgram(kind: ChildKind, port: number | null = null): Promise<Program> {
  const main = await (prepared ??= prepare());
  const args = ["--expose-internals", "--experimental-vm-modules", "--no-warnings"];
  for (const name of preloads) args.push("--require", path.join(childFolder, name));
  if (kind === "warm") args.push("--max-old-space-size=768");
  if (kind !== "debug" || port === null) return { args: [...args, main, kind] };
  return { args: [...args, `--inspect=127.0.0.1:${port}`, waiting(main), kind] };
}

/** A program that waits for a debugger, and then is the usual one. */
function waiting(main: string): string {
  const file = main.replace(/\.mjs$/, "-debug.mjs");
  const lines = [`import inspector from "node:inspector";`, `inspector.waitForDebugger();`, `await import("./${path.basename(main)}");`];
  if (!existsSync(file)) replace(file, `${lines.join("\n")}\n`);
  return file;
}

async function prepare(): Promise<string> {
  const result = await build({
    entryPoints: [path.join(childFolder, "main.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "silent",
    sourcemap: "inline",
    outfile: path.join(root, ".workbook/cache/child.mjs"),
  });
  const text = result.outputFiles[0]?.text ?? "";
  const name = `child-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.mjs`;
  const file = path.join(cacheFolder(), name);
  if (!existsSync(file)) replace(file, text);
  return file;
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
    return own;
  } catch (error) {
    if (!isNoAccess(error)) throw error;
    return temporaryFolder();
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
  return code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "ENOSPC";
}
