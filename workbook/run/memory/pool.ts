/**
 * Starts children ahead of a run, and ends all of them with the workbook.
 * A child takes 300 to 400 ms to start, a third of it for zod and Hono; a save finds one that waits.
 */
import { startChild, type Child, type Program, type StartOptions } from "./child.ts";
import { childProgram, type ChildKind } from "./program.ts";

const living = new Set<Child>();
const spares: Child[] = [];
/** Children that were clean at the end of a run and go on with the next one, while runs share them. */
const shared: Child[] = [];
let wanted = 0;
let sharing = 0;

/**
 * Keeps this many warmed-up children waiting (watch mode). A grading takes what it needs. New ones start when it is over,
 * so that they don't take processor time from it. 0 ends the waiting ones.
 */
export async function keepSpares(count: number): Promise<void> {
  wanted = count;
  await refill();
}

/** Starting children takes some hundred ms of processor time, so the verdicts are drawn first. ms */
const drawingMs = 25;

/** Replaces the spares that were taken and ends surplus ones. Call it when a run is over; runs that share children count as one. */
export function refillSoon(): void {
  if (sharing > 0) return;
  // An error here comes again, and is reported, when the next run takes a child.
  setTimeout(() => void refill().catch(() => {}), drawingMs).unref();
}

async function refill(): Promise<void> {
  while (spares.length > wanted) end(spares.pop());
  if (wanted === 0) return;
  const program = await childProgram("warm");
  while (spares.length < wanted) spares.push(begin(program));
}

/** Starts children until `count` are waiting: at the start of a run, and after some could not go on. */
export function makeReady(count: number): void {
  // An error here comes again, and is reported, when a child is taken.
  childProgram(usual()).then(
    (program) => {
      while (waiting() < count) spares.push(begin(program));
    },
    () => {},
  );
}

/** How many children are ready or starting. */
export function waiting(): number {
  return spares.length + shared.length;
}

/** A waiting child, or a new one. @throws Error when the child's program cannot be built or started */
export async function takeChild(kind: "usual" | "heavy" = "usual"): Promise<Child> {
  if (kind === "heavy") return await start(kind);
  return shared.pop() ?? spares.shift() ?? (await start(usual()));
}

/** A child that plays only one run is not warmed up: warming up takes longer than it saves. */
function usual(): ChildKind {
  return wanted > 0 ? "warm" : "plain";
}

/** Takes back a clean child: it plays the next run while runs share children, otherwise it ends. */
export function giveBack(child: Child): void {
  if (sharing > 0) shared.push(child);
  else end(child);
}

/** During `work`, the runs of this process share clean children, as several exercises graded at once do. */
export async function withSharedChildren<T>(work: () => Promise<T>): Promise<T> {
  sharing += 1;
  try {
    return await work();
  } finally {
    sharing -= 1;
    if (sharing === 0) {
      for (const child of shared.splice(0)) end(child);
      refillSoon();
    }
  }
}

/** Ends all children, also those that are playing. */
export function closePool(): void {
  wanted = 0;
  spares.length = shared.length = 0;
  for (const child of living) child.kill();
}

/** Ends one child. */
export function end(child: Child | undefined): void {
  child?.kill();
}

async function start(kind: ChildKind): Promise<Child> {
  return begin(await childProgram(kind));
}

/** Starts a child that ends with this process, however this process ends. */
export function begin(program: Program, options: StartOptions = {}): Child {
  const onExit = () => {
    living.delete(child);
    for (const list of [spares, shared]) if (list.includes(child)) list.splice(list.indexOf(child), 1);
    if (living.size === 0) watchSignals(false);
  };
  const child: Child = startChild(program, { ...options, onExit });
  living.add(child);
  watchSignals(true);
  return child;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
let watching = false;

function watchSignals(on: boolean): void {
  if (watching === on) return;
  watching = on;
  if (on) process.on("exit", closePool);
  else process.off("exit", closePool);
  for (const signal of signals) {
    if (on) process.on(signal, onSignal);
    else process.off(signal, onSignal);
  }
}

/** Ends the children. With no other listener for the signal, this process then ends by it, as it would have without us. */
function onSignal(signal: NodeJS.Signals): void {
  closePool();
  if (process.listenerCount(signal) > 1) return;
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}
