/**
 * The loop that a learner works in: key | saved | resized | graded → session → screen. Events come from small producers
 * (keys, saves, gradings) that know nothing of the screen.
 */
import type { ReadStream, WriteStream } from "node:tty";
import type { Lesson } from "../content/catalogue.ts";
import type { State } from "../learner/state.ts";
import { closePool } from "../run/memory/pool.ts";
import type { DialogName } from "../session/intents.ts";
import { createQueue } from "../session/queue.ts";
import { openSession, type Session } from "../session/session.ts";
import { openScreen } from "./screen.ts";
import { screenSize } from "./size.ts";
import { openTerminal, type TerminalEvent } from "./terminal.ts";

export interface WatchOptions {
  /** The state to begin with, progress included. */
  readonly state: State;
  readonly lesson: Lesson;
  /** What to open over the step at first, such as its hints; null: nothing. */
  readonly first: DialogName | null;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Resolves when the learner leaves. Gives the terminal back as it was, also after an error. */
export async function watch(
  options: WatchOptions,
  stdin: ReadStream = process.stdin,
  stdout: WriteStream = process.stdout,
): Promise<void> {
  const queue = createQueue<TerminalEvent>();
  const size = () => screenSize(stdout);
  const screen = openScreen(stdin, stdout, {
    onKey: (key) => queue.push({ is: "key", key }),
    onResize: () => queue.push({ is: "resized" }),
  });
  const onSignal = () => queue.push({ is: "ended" });
  for (const signal of signals) process.on(signal, onSignal);
  let session: Session | undefined;
  try {
    session = openSession({ ...options, push: queue.push });
    const terminal = openTerminal(session, size);
    do screen.draw(terminal.text());
    while (terminal.take(await queue.next()));
  } finally {
    screen.close();
    session?.close();
    closePool();
    for (const signal of signals) process.off(signal, onSignal);
  }
}
