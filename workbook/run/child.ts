/** One child process as the parent sees it: it takes an order, tells what happens, and can be killed. */
import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { root } from "../catalogue.ts";
import type { Event } from "../contract/types.ts";
import type { Order, RawProblem, Told } from "./protocol.ts";

/** How an order ended. */
export type Ending =
  | {
      readonly is: "done";
      readonly lastedMs: number;
      readonly spentMs: number;
      readonly clean: boolean;
      readonly why: string;
    }
  | { readonly is: "problem"; readonly atMs: number; readonly problem: RawProblem }
  /** The process died and said nothing. */
  | { readonly is: "gone"; readonly code: number | null; readonly signal: string | null; readonly stderr: string }
  /** It was silent for too long, and was killed. */
  | { readonly is: "late" };

/** What an order with `trace` found out. */
export type Traced = Extract<Told, { readonly is: "traced" }>;

export interface Child {
  readonly pid: number;
  /**
   * Resolves when it can take an order, to "ok" or a sentence on why the usual clock cannot be used.
   * @throws Error when it could not start: a fault of the workbook
   */
  ready(): Promise<string>;
  /**
   * Plays one order; one at a time.
   * @param silenceMs real ms without a word after which it is killed; Infinity: never
   * @param hear gets each event at once
   */
  play(
    order: Order,
    silenceMs: number,
    hear: (event: Event) => void,
    onTraced?: (trace: Traced) => void,
  ): Promise<Ending>;
  /** Kills it, if it lives. No event is heard afterwards. */
  kill(): void;
}

export interface Program {
  /** Arguments of node, the script's path among them. */
  readonly args: readonly string[];
}

const keptOfStderr = 16_384;
/** Variables that would make a run differ from one shell, editor or test runner to the next. */
const foreign =
  /^(?:NODE_OPTIONS|NODE_ENV|NODE_V8_COVERAGE|NODE_USE_ENV_PROXY|NODE_DEBUG|FORCE_COLOR|VITEST.*|TEST|VSCODE_INSPECTOR_OPTIONS)$/;

export interface StartOptions {
  /** Called once, when it is gone for whatever reason. */
  readonly onExit?: () => void;
  readonly onStderr?: (text: string) => void;
  /** An editor's variables that attach its debugger go on to the child. */
  readonly debugged?: boolean;
}

/** Starts a child; it lives until it is killed, or this process ends. */
export function startChild(program: Program, options: StartOptions = {}): Child {
  const running = spawn(process.execPath, program.args, {
    cwd: root,
    env: environment(options.debugged ?? false),
    stdio: ["ignore", "ignore", "pipe", "pipe", "ipc"],
    windowsHide: true,
  });
  running.unref();
  running.channel?.unref();
  const told = running.stdio[3] as Readable;
  let stderr = "";
  let hearTold: (message: Told) => void = () => {};
  let onGone: (ending: Ending) => void = () => {};
  let becomeReady: (waits: string | Error) => void = () => {};
  const ready = new Promise<string | Error>((resolve) => (becomeReady = resolve));

  running.stderr?.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    stderr = (stderr + text).slice(-keptOfStderr);
    options.onStderr?.(text);
  });
  lines(told, (line) => {
    const message = JSON.parse(line) as Told;
    if (message.is === "ready") becomeReady(message.waits);
    else hearTold(message);
  });
  running.on("error", (error) => (stderr += error.message));
  running.once("close", (code, signal) => {
    becomeReady(new Error(`The child process could not start (${signal ?? code}). ${stderr}`.trim()));
    onGone({ is: "gone", code, signal, stderr });
    options.onExit?.();
  });

  return {
    pid: running.pid ?? 0,
    async ready() {
      hold(running, told, true);
      const waits = await ready;
      hold(running, told, false);
      if (waits instanceof Error) throw waits;
      return waits;
    },
    play(order, silenceMs, hear, onTraced = () => {}) {
      return new Promise((resolve) => {
        hold(running, told, true);
        const finish = (ending: Ending) => {
          clearTimeout(silence);
          hearTold = onGone = () => {};
          hold(running, told, false);
          resolve(ending);
        };
        const late = () => {
          running.kill("SIGKILL");
          finish({ is: "late" });
        };
        const silence = Number.isFinite(silenceMs) ? setTimeout(late, silenceMs) : undefined;
        onGone = finish;
        hearTold = (message) => {
          if (message.is === "ready" || message.order !== order.id) return;
          silence?.refresh();
          if (message.is === "event") hear(message.event);
          else if (message.is === "traced") onTraced(message);
          else finish(message);
        };
        if (running.exitCode !== null || running.signalCode !== null || !running.connected) {
          finish({ is: "gone", code: running.exitCode, signal: running.signalCode, stderr });
          return;
        }
        running.send(order, (error) => {
          if (error && !running.killed) running.kill("SIGKILL");
        });
      });
    },
    kill() {
      hearTold = () => {};
      running.kill("SIGKILL");
    },
  };
}

/** While it plays, a child keeps the parent alive; while it waits, it does not. */
function hold(running: ChildProcess, told: Readable, held: boolean): void {
  type Held = { ref?(): void; unref?(): void } | null | undefined;
  const handles = [told, running.stderr, running.channel, running] as unknown as readonly Held[];
  for (const handle of handles) {
    if (held) handle?.ref?.();
    else handle?.unref?.();
  }
}

function environment(debugged: boolean): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => debugged || !foreign.test(name));
  return { ...Object.fromEntries(own), TZ: "Asia/Kathmandu" };
}

/** Calls `hear` for each whole line of a stream. */
function lines(stream: Readable, hear: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) if (line !== "") hear(line);
  });
}
