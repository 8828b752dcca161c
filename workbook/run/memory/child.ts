/** One child process as the parent sees it: it takes an order, tells what happens, and can be killed. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Readable, Writable } from "node:stream";
import type { Event } from "../../contract/model/recording.ts";
import { root } from "../../root.ts";
import { leadsGroup, newFamily } from "../process-tree.ts";
import type { Order, RawProblem, SealedOrder, Told } from "./protocol.ts";
import { openRecord } from "./record.ts";
import { listen, newEar } from "./token-line-reader.ts";

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

/** What an order tells besides its events. */
export interface Asides {
  readonly onTraced?: (trace: Traced) => void;
  /** The rest of a sentence that begins with the file's name. */
  readonly onNotice?: (text: string) => void;
}

export interface Child {
  readonly pid: number;
  /**
   * Resolves when it can take an order, to "ok" or a sentence on why the usual clock cannot be used. One that is still
   * warming up is asked to leave it at that.
   * @throws Error when it could not start: a fault of the workbook
   */
  ready(): Promise<string>;
  /**
   * Plays one order; one at a time.
   * @param silenceMs real ms without a word after which it is killed; Infinity: never
   * @param hear gets each event at once
   */
  play(order: Order, silenceMs: number, hear: (event: Event) => void, asides?: Asides): Promise<Ending>;
  /** Kills it, if it lives, and whatever it has started. No event is heard afterwards. */
  kill(): void;
}

export interface Program {
  /** Arguments of node, the script's path among them. */
  readonly args: readonly string[];
}

const keptOfStderr = 16_384;
/** Real ms after its end in which the last of what it told may still come. */
const lingerMs = 1_000;
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
  const family = newFamily(() => running.pid);
  const record = openRecord();
  const running = spawn(process.execPath, program.args, {
    cwd: root,
    env: { ...environment(options.debugged ?? false), ...family.environment },
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe", record?.fd ?? "ignore"],
    detached: leadsGroup,
    windowsHide: true,
  });
  running.unref();
  record?.handedOver();
  const told = running.stdio[3] as Readable;
  const orders = running.stdio[4] as Writable;
  // That it is gone is told by its end.
  orders.on("error", () => {});
  const handles = [told, orders, running.stderr, running] as unknown as readonly Held[];
  let stderr = "";
  let onForeign: () => void = () => {};
  const end = () => {
    running.kill("SIGKILL");
    family.end();
  };
  let hearTold: (message: Told) => void = () => {};
  let onGone: (ending: Ending) => void = () => {};
  let becomeReady: (waits: string | Error) => void = () => {};
  let isReady = false;
  const ready = new Promise<string | Error>((resolve) => {
    becomeReady = (waits) => {
      isReady = true;
      resolve(waits);
    };
  });

  running.stderr?.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    stderr = (stderr + text).slice(-keptOfStderr);
    options.onStderr?.(text);
  });
  const foreign = (endless: boolean) => {
    onForeign();
    if (endless) end();
  };
  const ear = newEar((message) => {
    if (message.is === "offspring") family.add(message.pid);
    else if (message.is === "ready") becomeReady(message.waits);
    else hearTold(message);
  }, foreign);
  listen(told, ear);
  const recordEar = newEar((message) => void (message.is === "event" && hearTold(message)), foreign);
  running.on("error", (error) => (stderr += error.message));
  running.once("exit", () => {
    family.end();
    // Whoever holds its pipes open still is none of ours any more.
    setTimeout(() => [told, orders, running.stderr].forEach((stream) => stream?.destroy()), lingerMs).unref();
  });
  running.once("close", (code, signal) => {
    becomeReady(new Error(`The child process could not start (${signal ?? code}). ${stderr}`.trim()));
    onGone({ is: "gone", code, signal, stderr });
    record?.close();
    options.onExit?.();
  });

  return {
    pid: running.pid ?? 0,
    async ready() {
      hold(handles, true);
      if (!isReady) orders.write("\n");
      const waits = await ready;
      hold(handles, false);
      if (waits instanceof Error) throw waits;
      return waits;
    },
    play(order, silenceMs, hear, { onTraced, onNotice } = {}) {
      return new Promise((resolve) => {
        const sealed: SealedOrder = { ...order, token: randomBytes(16).toString("hex") };
        for (const each of [ear, recordEar]) each.expect(sealed.token);
        hold(handles, true);
        const finish = (ending: Ending) => {
          clearTimeout(silence);
          if (record) recordEar.take(record.read());
          hearTold = onGone = onForeign = () => {};
          hold(handles, false);
          resolve(ending);
        };
        const late = () => {
          end();
          finish({ is: "late" });
        };
        const silence = Number.isFinite(silenceMs) ? setTimeout(late, silenceMs) : undefined;
        onGone = finish;
        onForeign = () => onNotice?.("wrote to the pipe of the grader, where nothing of it was believed");
        hearTold = (message) => {
          if (message.is === "ready" || message.is === "offspring" || message.order !== order.id) return;
          silence?.refresh();
          if (message.is === "event") hear(message.event);
          else if (message.is === "traced") onTraced?.(message);
          else if (message.is === "notice") onNotice?.(message.text);
          else finish(message);
        };
        if (running.exitCode !== null || running.signalCode !== null) {
          finish({ is: "gone", code: running.exitCode, signal: running.signalCode, stderr });
          return;
        }
        orders.write(`${JSON.stringify(sealed)}\n`);
      });
    },
    kill() {
      hearTold = () => {};
      end();
    },
  };
}

type Held = { ref?(): void; unref?(): void } | null;

/** While it plays, a child keeps the parent alive; while it waits, it does not. */
function hold(handles: readonly Held[], held: boolean): void {
  for (const handle of handles) {
    if (held) handle?.ref?.();
    else handle?.unref?.();
  }
}

function environment(debugged: boolean): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => debugged || !foreign.test(name));
  return { ...Object.fromEntries(own), TZ: "Asia/Kathmandu" };
}
