/**
 * The loop that a learner works in: key | saved | resized | graded → session → screen. What happens comes from small
 * producers (keys, files, gradings) that know nothing of the screen.
 */
import type { ReadStream, WriteStream } from "node:tty";
import type { Lesson } from "../content/catalogue.ts";
import { screenSize } from "./size.ts";
import { render } from "./render.ts";
import { closePool } from "../run/memory/pool.ts";
import type { State } from "../learner/state.ts";
import type { Desk, Page } from "../session/desk.ts";
import { createQueue, type Happening } from "../session/queue.ts";
import { openScreen } from "./screen.ts";
import { openSession, type Session } from "../session/session.ts";

export interface WatchOptions {
  /** The state to begin with, progress included. */
  readonly state: State;
  readonly lesson: Lesson;
  /** What to show over the step at first, such as its hints; null: nothing. */
  readonly first: (desk: Desk) => Page | null;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs until the learner leaves, and gives the terminal back as it was, whatever happens. */
export async function watch(
  options: WatchOptions,
  stdin: ReadStream = process.stdin,
  stdout: WriteStream = process.stdout,
): Promise<void> {
  const queue = createQueue<Happening>();
  const size = () => screenSize(stdout);
  const screen = openScreen(stdin, stdout, {
    onKey: (key) => queue.push({ is: "key", key }),
    onResize: () => queue.push({ is: "resized" }),
  });
  const onSignal = () => queue.push({ is: "ended" });
  for (const signal of signals) process.on(signal, onSignal);
  let session: Session | undefined;
  try {
    session = openSession({ ...options, push: queue.push, size });
    do screen.draw(render(session.view(), size()));
    while (session.take(await queue.next()));
  } finally {
    screen.close();
    session?.close();
    closePool();
    for (const signal of signals) process.off(signal, onSignal);
  }
}
