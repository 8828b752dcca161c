/** What node is started with for a child. */
import path from "node:path";
import { bundle } from "../../build.js";
import { root } from "../../root.ts";
import type { Program } from "./child.ts";

/**
 * - `plain`: ready as soon as possible
 * - `warm`: plays something first, so that the next run is fast. Worth it for a child that waits for a save.
 * - `heavy`: without a memory limit
 * - `debug`: the inspector is on, and waits for a debugger
 */
export type ChildKind = "plain" | "warm" | "heavy" | "debug";

const childFolder = path.join(root, "workbook", "run", "memory", "child");

/** Plain JavaScript, loaded first and in this order; worker threads of the subject load them too. */
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

/** @param port for `debug`: where the inspector listens; null when an editor attaches by itself */
export async function childProgram(kind: ChildKind, port: number | null = null): Promise<Program> {
  const folder = await bundle("child");
  const args = ["--expose-internals", "--experimental-vm-modules", "--no-warnings", ...noWasmTierUp];
  for (const name of preloads) args.push("--require", path.join(childFolder, name));
  if (kind === "plain" || kind === "warm") args.push("--max-old-space-size=768", ...interruptBudget);
  if (kind === "warm") args.push(...feedbackFromFirstCall);
  if (port === null) return { args: [...args, path.join(folder, "child.mjs"), kind] };
  return { args: [...args, path.join(folder, "child-debug.mjs"), kind, String(port)] };
}
