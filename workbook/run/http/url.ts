/** Plays server scenarios against a running server: real sockets, the real clock, one scenario after the other. */
import { endOf } from "../../contract/model/end.ts";
import type { Problem, Recording } from "../../contract/model/recording.ts";
import type { ServerScenario } from "../../contract/model/scenario.ts";
import type { World } from "../../contract/model/world.ts";
import { askWitness, findWitness, newServerState } from "./server-state.ts";
import { urlBench } from "./url-bench.ts";

export interface UrlPlay {
  readonly scenarios: readonly ServerScenario[];
  readonly subject: URL;
  readonly world: World;
  /** ms for one whole answer. */
  readonly answerMs: number;
  readonly signal?: AbortSignal;
  /** False if no clause can be decided by this scenario any more; then it is not played. */
  readonly isNeeded: (name: string) => boolean;
  /** Called when a scenario begins. */
  readonly onScenario?: (name: string) => void;
  /** Called when a scenario was played, and again when something was added to its recording at the very end. */
  readonly onRecording?: (recording: Recording) => void;
}

export interface UrlResult {
  readonly recordings: ReadonlyMap<string, Recording>;
  /** Set if not even the first request was answered. */
  readonly problem: Problem | null;
  /** Scenarios that could not be played, because the server went away for good. */
  readonly unplayed: readonly string[];
}

/** Plays the scenarios in turn, and then what each of them has to read at the very end. */
export async function playUrl(play: UrlPlay): Promise<UrlResult> {
  const { world, subject, answerMs, signal, onScenario, onRecording } = play;
  const server = newServerState({ subject, answerMs, ...(signal && { signal }) });
  const recordings = new Map<string, Recording>();
  const unplayed: string[] = [];
  const endings: { readonly deaths: number; readonly play: () => Promise<void> }[] = [];
  for (const scenario of play.scenarios) {
    if (server.problem || signal?.aborted) break;
    if (!play.isNeeded(scenario.name)) continue;
    if (server.isGone) {
      unplayed.push(scenario.name);
      continue;
    }
    onScenario?.(scenario.name);
    const witness = scenario.mayEnd ? await findWitness(recordings.values(), server) : null;
    const { bench, finished, recording, addEnd } = urlBench(scenario, world, server);
    const record = () => {
      recordings.set(scenario.name, recording());
      onRecording?.(recording());
    };
    const later = await finished(scenario.play(bench));
    if (server.problem) break;
    const end = witness !== null && !endOf(recording()) ? await askWitness(witness, server) : null;
    if (end) addEnd(end);
    record();
    if (later) endings.push({ deaths: server.deaths, play: () => finished(later()).then(record) });
  }
  for (const ending of endings) {
    // A process that has ended since then may have lost its jobs with good reason.
    if (ending.deaths === server.deaths && !server.problem && !signal?.aborted) await ending.play();
  }
  return { recordings, problem: server.problem, unplayed };
}
