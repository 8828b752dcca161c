/** What the preloads (clock.cjs, net.cjs, guard.cjs, random.cjs) made, as the child's own code sees it. */
import type { Server } from "node:http";
import type { ProblemKind } from "../../../contract/model/recording.ts";
import type { Frame, Told } from "../protocol.ts";

/** The virtual clock. Times are ms since the scenario began, unless said otherwise. */
export interface Clock {
  /** "ok", or a sentence that says why another clock stands in. */
  readonly waits: string;
  /** Jumps since the child started. */
  readonly jumps: number;
  now(): number;
  /** ms since 1970, as Date says. */
  epochMs(): number;
  /** Real ms of some clock that only grows. */
  realNow(): number;
  /** The scenario begins: every clock stands where it stands at the start of any scenario. */
  rebase(): void;
  /** Time runs. `onDry` is called whenever nothing is left that could happen. */
  start(onDry: () => void): void;
  /** Time stands still. `onQuiet` is called when nothing real is under way. */
  quiet(onQuiet: () => void): void;
  /** Time stands still until nothing real is under way, or for so many turns of the loop; then it runs as before. */
  pause(mostTurns: number, onOver: () => void): void;
  stop(): void;
  /** Rings at `at`; a `limit` is nothing to wait for. @returns how to cancel it. */
  alarm(at: number, ring: () => void, limit?: boolean): () => void;
  refdTimers(): number;
  /** The timers themselves, ref'd ones only. */
  liveTimers(): readonly object[];
  refdPorts(): number;
  refdWorkers(): number;
  /** Forgets every timer. @returns whether there was one. */
  clearTimers(): boolean;
  endThreads(): void;
  hasThreads(): boolean;
  /** Reads of the clock without a jump that count as a wait; undefined: the default. */
  patience(reads: number | undefined): void;
  onTurn(listener: (() => void) | null): void;
  fallBack(why: string): Clock;
}

export interface Net {
  serve(port: number, server: Server): void;
  leave(port: number): void;
  /** Notes where connections and servers begin; see `begun`. */
  trace(on: boolean): void;
  /** What holds the process, by what it is, with the stack of where it began. */
  begun(): readonly { readonly what: string; readonly stack: string }[];
  refdSockets(): number;
  refdServers(): number;
  hanging(): number;
  reset(): void;
}

/** The play that limits and errors belong to. */
export interface Guarded {
  readonly order: number;
  ended: boolean;
  now(): number;
  /** A problem is about to be told. */
  onProblem(): void;
  /** An error that only a listener of the subject's own caught. */
  onUnhandled(reason: unknown): void;
}

export interface Guard {
  readonly exit: (code: number) => never;
  /** Why this child may play no other scenario, found while nothing was played. */
  dirty: string | null;
  /** Nothing is told: the child warms up. */
  muted: boolean;
  /** Errors outside a scenario are no longer our own. */
  ready: boolean;
  tell(told: Told): void;
  /** Tells what need not be heard before the order is over. */
  record(told: Told & { is: "event" }): void;
  /** Lines told from here on carry this token. */
  seal(token: string): void;
  /** Tells of something that is no problem: the rest of a sentence that begins with the file's name. */
  notice(text: string): void;
  /** Ends this process and all that it has started. */
  end(): never;
  /** Resolves when the limits hold, and throws are traced if they are to be. */
  arm(play: Guarded, limits: { loopMs: number; realMs: number; memoryMb: number; trace: boolean }): Promise<void>;
  disarm(): void;
  /** Real ms spent on what is played, less what it stood in the queue for a core; to about 10 ms. 0 without limits. */
  spentMs(): number;
  problem(kind: ProblemKind, message: string, frames?: readonly Frame[], isRejection?: boolean): void;
  frames(stack: unknown): Frame[];
  textOf(thing: unknown): string;
  stackOf(thing: unknown): string;
}

export interface Random {
  reseed(text: string): void;
  fractions(text: string): () => number;
}

export interface Machine {
  clock: Clock;
  readonly net: Net;
  readonly guard: Guard;
  readonly random: Random;
  /** Imports by a name that the workbook's own packages resolve, or by a URL. */
  readonly load: (spec: string, options?: object) => Promise<object>;
}

const key = Symbol.for("accepted");
const world = globalThis as { [key]?: Machine };

/** The one machine of this child; the subject's code does not find it. */
export const machine: Machine = world[key] ?? missing();
delete world[key];

function missing(): never {
  throw new Error("This file runs only in a child that was started with the preloads of its folder.");
}
