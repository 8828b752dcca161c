/** What the preloads (clock.cjs, net.cjs, guard.cjs, random.cjs) provide, as the child's TypeScript sees it. */
import type { Server } from "node:http";
import type { ProblemKind } from "../../../contract/model/recording.ts";
import type { ChildMessage, Frame } from "../protocol.ts";

/** The virtual clock. Times are ms since the scenario began, unless stated otherwise. */
export interface Clock {
  now(): number;
  /** ms since 1970, as Date reads it. */
  epochMs(): number;
  /** Real ms of a clock that only grows. */
  realNow(): number;
  /** The scenario begins: every clock reads what it reads at the start of any scenario. */
  rebase(): void;
  /** Time runs. `onDry` is called whenever nothing is left that could happen. */
  start(onDry: () => void): void;
  /** Time stands still. `onQuiet` is called once nothing real is under way. */
  quiet(onQuiet: () => void): void;
  /** Time stands still until nothing real is under way, or for this many turns of the loop; then it runs as before. */
  pause(mostTurns: number, onOver: () => void): void;
  stop(): void;
  /** Calls `ring` at `at`. With only `limit` alarms left, the loop is dry. @returns cancels the alarm */
  alarm(at: number, ring: () => void, limit?: boolean): () => void;
  refdTimers(): number;
  /** The ref'd timers themselves. */
  liveTimers(): readonly object[];
  refdPorts(): number;
  refdWorkers(): number;
  /** Clears every timer. @returns whether there was one */
  clearTimers(): boolean;
  endThreads(): void;
  hasThreads(): boolean;
  /** After this many reads of the clock without a jump, code counts as waiting; undefined: the default. */
  limitReads(reads: number | undefined): void;
  /** Calls the listener once a turn of the event loop; null: no more. */
  onTurn(listener: (() => void) | null): void;
}

export interface Net {
  serve(port: number, server: Server): void;
  leave(port: number): void;
  /** Notes where connections and servers are started; see `started`. */
  trace(on: boolean): void;
  /** The connections and servers that hold the process, each with the stack of where it was started. */
  started(): readonly { readonly what: string; readonly stack: string }[];
  refdSockets(): number;
  refdServers(): number;
  hanging(): number;
  reset(): void;
}

/** The play that limits and errors belong to. */
export interface GuardedPlay {
  /** The number of its request. */
  readonly request: number;
  ended: boolean;
  now(): number;
  /** Called just before a problem is sent. */
  onProblem(): void;
  /** An error that only a listener of the subject's own caught. */
  onUnhandled(reason: unknown): void;
}

export interface Guard {
  /** Why this child may play no other scenario; set by what happens between two of them. */
  dirty: string | null;
  /** Nothing is sent: the child warms up. */
  muted: boolean;
  /** From now on errors outside a scenario are the subject's. */
  ready: boolean;
  /** Sends a message to the parent. */
  send(message: ChildMessage): void;
  /** From now on every line starts with this token. */
  seal(token: string): void;
  /** Sends what is no problem but worth knowing; the text continues a sentence that begins with the file's name. */
  notice(text: string): void;
  /** Ends this process and all that it has started. */
  end(): never;
  /** Resolves when the limits hold, and when throws are traced if `trace` asks for it. */
  arm(play: GuardedPlay, limits: { loopMs: number; realMs: number; memoryMb: number; trace: boolean }): Promise<void>;
  disarm(): void;
  /** Real ms spent on the play, without the time in the queue for a core; exact to about 10 ms. 0 without limits. */
  spentMs(): number;
  /** Sends, once per play, why the subject cannot go on. */
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
  /** What of Node's internals the preloads did not find, in a few words; null: nothing. Without them there is no clock. */
  readonly missing: string | null;
  readonly clock: Clock;
  readonly net: Net;
  readonly guard: Guard;
  readonly random: Random;
  /** Imports by a name that the workbook's own packages resolve, or by a URL. */
  readonly load: (spec: string, options?: object) => Promise<object>;
}

const key = Symbol.for("accepted");
const world = globalThis as { [key]?: Machine };

/** This child's machine. It is removed from the globals, so that the subject's code doesn't find it. */
export const machine: Machine = world[key] ?? missing();
delete world[key];

function missing(): never {
  throw new Error("This file runs only in a child that was started with the preloads of its folder.");
}
