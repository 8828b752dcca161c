/** Plays one scenario in a child with the inspector on: no limits, and virtual time stands still while a debugger holds it. */
import { createServer } from "node:net";
import type { Problem, Recording, Side } from "../../contract/model/recording.ts";
import type { Scenario } from "../../contract/model/scenario.ts";
import type { World } from "../../contract/model/world.ts";
import { compile } from "./compile.ts";
import { newPlayer } from "./player.ts";
import { begin } from "./pool.ts";
import { childProgram } from "./program.ts";

export interface Inspection {
  readonly scenario: Scenario;
  /** The learner's file for the scenario's side, absolute. */
  readonly file: string;
  readonly world: World;
  readonly signal?: AbortSignal;
  /**
   * Called once, when a debugger may attach and before any of the learner's code runs. The child waits until one attaches.
   * @param address such as ws://127.0.0.1:9229/0f2c…; null when the editor attaches by itself
   */
  readonly onListening: (address: string | null) => void;
}

/** The port that debuggers try first. */
const usualPort = 9229;

/**
 * Plays the scenario once a debugger has attached, and stops at the file's first line.
 * @returns the recording, or the Problem if the file cannot be compiled
 */
export async function inspectScenario(inspection: Inspection): Promise<Recording | Problem> {
  const { scenario, file, world, signal, onListening } = inspection;
  const compiled = await compile(scenario.side, file, { forDebugger: true });
  if (!("is" in compiled)) return compiled;
  const editor = process.env.VSCODE_INSPECTOR_OPTIONS !== undefined;
  const program = await childProgram("debug", editor ? null : await freePort());
  const listening = (text: string) => {
    const address = /ws:\/\/\S+/.exec(text)?.[0];
    if (address && !editor) onListening(address);
  };
  const child = begin(program, { onStderr: listening, debugged: true });
  if (editor) onListening(null);
  const sides: Partial<Record<Side, typeof compiled>> = { [scenario.side]: compiled };
  const limits = { loopMs: 0, realMs: 2 ** 31 - 1, memoryMb: 0 };
  const player = newPlayer({ sides, world, limits, child, ...(signal && { signal }) });
  try {
    const recording = await player.play(scenario, 0);
    signal?.throwIfAborted();
    return recording;
  } finally {
    player.finish();
    child.kill();
  }
}

/** The usual port if it is free, otherwise 0 (any). */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(usualPort, "127.0.0.1", () => probe.close(() => resolve(usualPort)));
  });
}
