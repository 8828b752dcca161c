/**
 * Judges while recordings still come in. The clause that the reader waits for is shown at once; the others wait, since
 * one judging costs some 3 ms. What it gains (`npm run bench`, exercise 03): the open clause is on the screen 18 ms after
 * server.ts is saved and 24 ms after client.ts, instead of with all verdicts after 43 and 89 ms.
 */
import { clauseOf } from "../clauses/all.ts";
import { foundations } from "./dependencies.ts";
import type { ClauseId } from "../model/clause.ts";
import type { Recording } from "../model/recording.ts";

/** Pause between judgings of clauses that the reader does not wait for, real ms. */
const calmMs = 30;

export interface JudgeAsRecordedOptions {
  readonly graded: readonly ClauseId[];
  /** The clauses that the reader waits for. */
  readonly first: ReadonlySet<ClauseId>;
  /** All scenarios that will be played. */
  readonly scenarios: readonly string[];
  /** Recordings that exist before the run. */
  readonly known: ReadonlyMap<string, Recording>;
  /** A clock that only goes forward, ms. */
  readonly nowMs: () => number;
  /** Called to judge what can be judged now, and show it. */
  readonly judge: (recordings: ReadonlyMap<string, Recording>, pending: ReadonlySet<string>) => void;
}

/** @returns a function to call with each recording */
export function judgeAsRecorded(options: JudgeAsRecordedOptions): (recording: Recording) => void {
  const recordings = new Map(options.known);
  const pending = new Set(options.scenarios.filter((name) => !options.known.has(name)));
  const isDecided = (scenarios: readonly string[]) => !scenarios.some((name) => pending.has(name));
  const all = options.graded.map((id) => [id, scenariosOf(id)] as const);
  // Clauses that are decided already are shown with the next judging.
  const waiting = new Map(all.filter(([, scenarios]) => !isDecided(scenarios)));
  let owing = waiting.size < all.length;
  let lastAt = options.nowMs();
  return (recording) => {
    recordings.set(recording.scenario, recording);
    pending.delete(recording.scenario);
    const decided = [...waiting].filter(([, scenarios]) => isDecided(scenarios)).map(([id]) => id);
    for (const id of decided) waiting.delete(id);
    owing ||= decided.length > 0;
    const wanted = decided.some((id) => options.first.has(id));
    // The last recording is judged by the run itself.
    if (pending.size === 0 || !owing || !(wanted || options.nowMs() - lastAt >= calmMs)) return;
    options.judge(recordings, pending);
    lastAt = options.nowMs();
    owing = false;
  };
}

/** The scenarios that a clause's verdict rests on: its own, and those of all clauses that it needs or yields to. */
export function scenariosOf(id: ClauseId): string[] {
  const known = new Set([id]);
  for (const each of known) for (const other of foundations(clauseOf(each))) known.add(other);
  return [...known].flatMap((each) => clauseOf(each).scenarios);
}
