/** The scenario under way: where its events go, and whether it is still on. */
import type { ErrorRecord, Event, Side } from "../../../contract/model/recording.ts";
import { errorRecord } from "./error-record.ts";
import { machine, type GuardedPlay } from "./machine.ts";

export interface Play extends GuardedPlay {
  readonly side: Side;
  /** Records an event; does nothing once the play is over. */
  emit(event: Event): void;
  /** Called before a problem is sent: pending requests are recorded as ended. */
  readonly closers: Set<() => void>;
  /** Called when nothing is left that could happen. @returns true if that settled something */
  readonly dry: Set<() => boolean>;
  /** Resolves when the scenario cannot go on. */
  readonly problem: Promise<void>;
}

export function createPlay(request: number, side: Side): Play {
  let stop: () => void = () => {};
  const problem = new Promise<void>((resolve) => (stop = resolve));
  const play: Play = {
    request,
    side,
    ended: false,
    closers: new Set(),
    dry: new Set(),
    problem,
    now: () => machine.clock.now(),
    emit(event) {
      if (current === play) machine.guard.send({ is: "event", request, event });
    },
    onProblem() {
      for (const close of play.closers) close();
      current = null;
      stop();
    },
    onUnhandled(reason) {
      const error: ErrorRecord = errorRecord(reason, undefined);
      play.emit({ is: "unhandled", atMs: play.now(), error });
    },
  };
  current = play;
  return play;
}

let current: Play | null = null;

/** The play whose events are recorded now. */
export function playing(): Play | null {
  return current;
}

/** Events from here on belong to no scenario. */
export function close(play: Play): void {
  if (current === play) current = null;
}
