/** One child process as the parent sees it: it plays requests one after the other, and can be killed. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Readable, Writable } from "node:stream";
import type { Event } from "../../contract/model/recording.ts";
import { root } from "../../root.ts";
import { leadsGroup, newProcessTree } from "../process-tree.ts";
import { environment } from "./environment.ts";
import type {
  ChildMessage,
  DoneMessage,
  PlayRequest,
  RawProblem,
  SealedPlayRequest,
  TracedMessage,
} from "./protocol.ts";
import { newTokenLineReader, readFrom } from "./token-line-reader.ts";

/** How a request ended. */
export type PlayEnd =
  | DoneMessage
  | { readonly is: "problem"; readonly atMs: number; readonly problem: RawProblem }
  /** The process died without a message. */
  | { readonly is: "gone"; readonly code: number | null; readonly signal: string | null; readonly stderr: string }
  /** It took too long, and was killed. */
  | { readonly is: "late" };

export interface PlayListeners {
  readonly onEvent?: (event: Event) => void;
  readonly onTraced?: (traced: TracedMessage) => void;
  /** The text continues a sentence that begins with the file's name. */
  readonly onNotice?: (text: string) => void;
}

export interface Child {
  readonly pid: number;
  /**
   * Resolves when it can play, to null; or to the reason why the virtual clock does not work on this Node, and then it
   * plays nothing. Cuts a warm-up short.
   * @throws Error when it could not start: a fault of the workbook
   */
  ready(): Promise<string | null>;
  /**
   * Plays one request; one at a time.
   * @param limitMs real ms after which it is killed; Infinity: never
   */
  play(request: PlayRequest, limitMs: number, listeners?: PlayListeners): Promise<PlayEnd>;
  /** Kills it and every process that it has started. No listener is called afterwards. */
  kill(): void;
}

export interface Program {
  /** Arguments of node, the script's path among them. */
  readonly args: readonly string[];
}

const keptOfStderr = 16_384;
/** Real ms after its end in which its last messages may still arrive. */
const lingerMs = 1_000;
/** Node's exit code for a command-line flag that it does not know. */
const unknownFlag = 9;
export interface StartOptions {
  /** Called once, when the process has ended for whatever reason. */
  readonly onExit?: () => void;
  readonly onStderr?: (text: string) => void;
  /** Keeps the variables by which an editor attaches its debugger. */
  readonly debugged?: boolean;
}

/** Starts a child; it lives until it is killed, or this process ends. */
export function startChild(program: Program, options: StartOptions = {}): Child {
  const tree = newProcessTree(() => running);
  const running = spawn(process.execPath, program.args, {
    cwd: root,
    env: { ...environment(options.debugged ?? false), ...tree.environment },
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    detached: leadsGroup,
    windowsHide: true,
  });
  running.unref();
  const messages = running.stdio[3] as Readable;
  const requests = running.stdio[4] as Writable;
  // A child that is gone shows by its "close" event.
  requests.on("error", () => {});
  const handles = [messages, requests, running.stderr, running] as unknown as readonly Handle[];
  let stderr = "";
  let onForeign: () => void = () => {};
  const { end } = tree;
  let onMessage: (message: ChildMessage) => void = () => {};
  let onGone: (ending: PlayEnd) => void = () => {};
  let becomeReady: (clockFault: string | null | Error) => void = () => {};
  let isReady = false;
  const ready = new Promise<string | null | Error>((resolve) => {
    becomeReady = (clockFault) => {
      isReady = true;
      resolve(clockFault);
    };
  });

  running.stderr?.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    stderr = (stderr + text).slice(-keptOfStderr);
    options.onStderr?.(text);
  });
  const onForeignLine = (endless: boolean) => {
    onForeign();
    if (endless) end();
  };
  const reader = newTokenLineReader((message) => {
    if (message.is === "spawned") tree.add(message.pid);
    else if (message.is === "ready") becomeReady(message.clockFault);
    else onMessage(message);
  }, onForeignLine);
  readFrom(messages, reader);
  running.on("error", (error) => (stderr += error.message));
  running.once("exit", () => {
    tree.end();
    // A process that still holds these pipes open is not ours any more.
    setTimeout(() => [messages, requests, running.stderr].forEach((stream) => stream?.destroy()), lingerMs).unref();
  });
  running.once("close", (code, signal) => {
    becomeReady(neverReady(code, signal, stderr));
    onGone({ is: "gone", code, signal, stderr });
    options.onExit?.();
  });

  return {
    pid: running.pid ?? 0,
    async ready() {
      hold(handles, true);
      if (!isReady) requests.write("\n");
      const clockFault = await ready;
      hold(handles, false);
      if (clockFault instanceof Error) throw clockFault;
      return clockFault;
    },
    play(request, limitMs, { onEvent, onTraced, onNotice } = {}) {
      return new Promise((resolve) => {
        const sealed: SealedPlayRequest = { ...request, token: randomBytes(16).toString("hex") };
        reader.expect(sealed.token);
        hold(handles, true);
        const finish = (ending: PlayEnd) => {
          clearTimeout(timer);
          onMessage = onGone = onForeign = () => {};
          hold(handles, false);
          resolve(ending);
        };
        const late = () => {
          end();
          finish({ is: "late" });
        };
        const timer = Number.isFinite(limitMs) ? setTimeout(late, limitMs) : undefined;
        onGone = finish;
        onForeign = () => onNotice?.("wrote to the pipe of the grader, where nothing of it was believed");
        onMessage = (message) => {
          if (message.is === "ready" || message.is === "spawned" || message.request !== request.id) return;
          if (message.is === "event") onEvent?.(message.event);
          else if (message.is === "traced") onTraced?.(message);
          else if (message.is === "notice") onNotice?.(message.text);
          else finish(message);
        };
        if (running.exitCode !== null || running.signalCode !== null) {
          finish({ is: "gone", code: running.exitCode, signal: running.signalCode, stderr });
          return;
        }
        requests.write(`${JSON.stringify(sealed)}\n`);
      });
    },
    kill() {
      onMessage = () => {};
      end();
    },
  };
}

/** A child that ended before it was ready: a Node that does not know our flags, or a fault of the workbook. */
function neverReady(code: number | null, signal: string | null, stderr: string): string | Error {
  if (code === unknownFlag) return stderr.trim();
  return new Error(`The child process could not start (${signal ?? code}). ${stderr}`.trim());
}

type Handle = { ref?(): void; unref?(): void } | null;

/** While it plays, a child keeps the parent alive; while it waits, it does not. */
function hold(handles: readonly Handle[], held: boolean): void {
  for (const handle of handles) {
    if (held) handle?.ref?.();
    else handle?.unref?.();
  }
}
