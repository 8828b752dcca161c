/** Starts a child as the runner does, and plays scenarios on it. A test file shares one child; after a problem it gets a new one. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { build } from "esbuild";
import type { Event, Side } from "../../../../workbook/contract/model/recording.ts";
import type {
  ChildMessage,
  DoneMessage,
  PlayRequest,
  RawProblem,
  TracedMessage,
} from "../../../../workbook/run/memory/protocol.ts";
import { world } from "../../../world.ts";

const here = import.meta.dirname;
const folder = path.join(here, "../../../../workbook/run/memory/child");

/** The result of a request. */
export interface Played {
  readonly events: readonly Event[];
  readonly problem: (RawProblem & { readonly atMs: number }) | null;
  /** null when the child ended without it. */
  readonly done: DoneMessage | null;
  readonly traced: readonly TracedMessage[];
  readonly realMs: number;
}

export interface Lab {
  /** Plays one scenario of entry.ts on the code of one module. */
  play(scenario: string, code: string, request?: Partial<PlayRequest>): Promise<Played>;
  readonly ready: Extract<ChildMessage, { is: "ready" }>;
  readonly readyMs: number;
  readonly pid: number;
}

export interface Bench {
  /** A child that is ready; the same one as long as it is clean. */
  lab(): Promise<Lab>;
  /** Plays on `lab()`, and leaves that child if it may not be used again. */
  play(scenario: string, code: string, request?: Partial<PlayRequest>): Promise<Played>;
  close(): Promise<void>;
}

const internals = "--expose-internals";

interface Started {
  readonly process: ChildProcess;
  readonly lab: Promise<Lab>;
}

export interface BenchOptions {
  /** Of node, before the preloads. */
  readonly flags?: readonly string[];
  /** The child plays something of its own first, as spares do. Default false: that takes longer than most tests. */
  readonly warm?: boolean;
}

/** Bundles the child with the test's own scenarios. */
export async function openBench({ flags = [internals], warm = false }: BenchOptions = {}): Promise<Bench> {
  const scratch = mkdtempSync(path.join(tmpdir(), "child-"));
  const main = path.join(scratch, "main.mjs");
  await build({
    entryPoints: [path.join(here, "entry.ts")],
    outfile: main,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
  });
  let child: Started | null = null;
  // After the first lost child, a spare one starts while the tests wait for something else.
  let spare: Started | null = null;
  const begin = (): Started => {
    const started = start(main, flags, warm);
    return { process: started, lab: ready(started) };
  };
  const leave = () => {
    child?.process.kill("SIGKILL");
    child = spare ?? begin();
    spare = begin();
    // A test that asks for this child gets the error. Until then it must not end the process.
    spare.lab.catch(() => {});
  };
  const bench: Bench = {
    lab() {
      child ??= begin();
      return child.lab;
    },
    async play(scenario, code, request) {
      const played = await (await bench.lab()).play(scenario, code, request);
      if (played.done?.unclean !== null) leave();
      return played;
    },
    async close() {
      for (const started of [child, spare]) started?.process.kill("SIGKILL");
      rmSync(scratch, { recursive: true, force: true });
    },
  };
  return bench;
}

function start(main: string, flags: readonly string[], warm: boolean): ChildProcess {
  const preloads = ["guard.cjs", "clock.cjs", "net.cjs"].flatMap((file) => ["--require", path.join(folder, file)]);
  const args = [...flags, "--experimental-vm-modules", "--no-warnings", ...preloads, main, warm ? "warm" : "plain"];
  return spawn(process.execPath, args, {
    stdio: ["ignore", "inherit", "inherit", "pipe", "pipe"],
    env: { ...process.env, TZ: "Asia/Kathmandu" },
  });
}

async function ready(child: ChildProcess): Promise<Lab> {
  const began = performance.now();
  let listen: (message: ChildMessage) => void = () => {};
  let ended: () => void = () => {};
  const lines = createInterface({ input: child.stdio[3] as Readable });
  lines.on("line", (line) => listen(JSON.parse(line) as ChildMessage));
  // The pipe closes after the last lines, which may come after the exit.
  lines.on("close", () => ended());
  const first = await new Promise<ChildMessage>((resolve, reject) => {
    listen = resolve;
    ended = () => reject(new Error("The child ended before it was ready."));
  });
  if (first.is !== "ready") throw new Error(`The child sent ${JSON.stringify(first)} before it was ready.`);
  let id = 0;
  return {
    ready: first,
    readyMs: performance.now() - began,
    pid: child.pid ?? 0,
    play(scenario, code, changes = {}) {
      const side: Side = scenario.startsWith("client") ? "client" : "server";
      const bundle = { file: path.join(process.cwd(), `${side}.ts`), code };
      const request: PlayRequest = {
        id: ++id,
        scenario,
        world,
        server: side === "server" ? bundle : null,
        client: side === "client" ? bundle : null,
        loopMs: 1000,
        realMs: 10_000,
        memoryMb: 600,
        trace: false,
        ...changes,
      };
      return new Promise((resolve) => {
        const events: Event[] = [];
        const traced: TracedMessage[] = [];
        let problem: Played["problem"] = null;
        const sent = performance.now();
        const over = (done: Played["done"]) =>
          resolve({ events, problem, done, traced, realMs: performance.now() - sent });
        listen = (message) => {
          if (message.is === "event") events.push(message.event);
          if (message.is === "traced") traced.push(message);
          if (message.is === "problem") problem = { ...message.problem, atMs: message.atMs };
          if (message.is === "done") over(message);
        };
        ended = () => over(null);
        // Without a token its lines are plain JSON.
        (child.stdio[4] as Writable).write(`${JSON.stringify({ ...request, token: "" })}\n`);
      });
    },
  };
}
