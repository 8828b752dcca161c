/**
 * The loop that a learner works in: key | saved | resized | graded → session → screen. Events come from small producers
 * (keys, saves, gradings) that know nothing of the screen.
 */
import type { ReadStream, WriteStream } from "node:tty";
import { createQueue } from "../session/queue.ts";
import { openSession, type Session, type SessionOptions } from "../session/session.ts";
import { openScreen } from "./screen.ts";
import { screenSize } from "./size.ts";
import { openTerminal, type TerminalEvent } from "./terminal.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Resolves when the learner leaves. Gives the terminal back as it was, also after an error. */
export async function watch(
  options: Omit<SessionOptions, "push">,
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
    for (const signal of signals) process.off(signal, onSignal);
  }
}
