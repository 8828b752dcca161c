/** Children made ahead: a run need not wait for a process to start, and none outlives the workbook. */
import { startChild, type Child, type Program, type StartOptions } from "./child.ts";
import { childProgram, type ChildKind } from "./program.ts";

const living = new Set<Child>();
const spares: Child[] = [];
/** Children that were clean at the end of a run, while runs are sharing. */
const shared: Child[] = [];
let wanted = 0;
let sharing = 0;

/**
 * Keeps so many warmed children waiting (watch mode). Each grading takes what it needs; new ones are made when it is
 * over, so that they do not take the processor from it. 0 ends the ones that wait.
 */
export async function keepSpares(count: number): Promise<void> {
  wanted = count;
  await refill();
}

/** What a run has found is shown first: new children take the processor for some hundred ms. */
const showingMs = 25;

/** Makes up for the spares that were taken, and ends what is too many. Called when a run is over; several are one run. */
export function refillSoon(): void {
  if (sharing > 0) return;
  // What could fail here fails again, and is told, when the next run takes a child.
  setTimeout(() => void refill().catch(() => {}), showingMs).unref();
}

async function refill(): Promise<void> {
  while (spares.length > wanted) end(spares.pop());
  if (wanted === 0) return;
  const program = await childProgram("warm");
  while (spares.length < wanted) spares.push(begin(program));
}

/**
 * Starts children so that `count` are ready or nearly so: at the beginning of a run, and when one could not go on, since
 * others may not either.
 */
export function makeReady(count: number): void {
  // What could fail here fails again, and is told, when a child is taken.
  childProgram(usual()).then(
    (program) => {
      while (waiting() < count) spares.push(begin(program));
    },
    () => {},
  );
}

/** Children that are ready or nearly so. */
export function waiting(): number {
  return spares.length + shared.length;
}

/** A child, made ahead if there is one. @throws Error when the child's program cannot be built or started */
export async function takeChild(kind: "usual" | "heavy" = "usual"): Promise<Child> {
  if (kind === "heavy") return await start(kind);
  return shared.pop() ?? spares.shift() ?? (await start(usual()));
}

/** To warm up takes longer than it spares the first run. */
function usual(): ChildKind {
  return wanted > 0 ? "warm" : "plain";
}

/** Gives a child back that is clean: it goes on with the next run while runs share, else it ends. */
export function giveBack(child: Child): void {
  if (sharing > 0) shared.push(child);
  else end(child);
}

/** Within `work`, the runs of one process share clean children: several exercises are one run. */
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

/** Ends all children, at work or not. */
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

/** Starts a child that is ended with this process, whatever ends it. */
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

/** Ends the children; where nobody else minds the signal, it ends this process as it would have without us. */
function onSignal(signal: NodeJS.Signals): void {
  closePool();
  if (process.listenerCount(signal) > 1) return;
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}
