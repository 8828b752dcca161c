/** The terminal as one screen that is redrawn in place. Restores the terminal however the process ends. */
import type { ReadStream, WriteStream } from "node:tty";
import { listenForKeys, markPastes, type Key } from "./keys.ts";

const enter = `\x1b[?1049h\x1b[?25l${markPastes.on}`;
const leave = `${markPastes.off}\x1b[?25h\x1b[?1049l`;

export interface Screen {
  /** Replaces what is shown; lines that do not fit are cut. */
  draw(text: string): void;
  /** Gives the terminal back as it was. Safe to call twice. */
  close(): void;
}

/** Takes the terminal: alternate screen, no cursor, raw keys. */
export function openScreen(
  stdin: ReadStream,
  stdout: WriteStream,
  listener: { onKey(key: Key): void; onResize(): void },
): Screen {
  let open = true;
  let drawn = "";
  const stopKeys = listenForKeys(stdin, listener.onKey);
  const onResize = () => {
    drawn = ""; // The terminal has wrapped the old lines: clear them all.
    listener.onResize();
  };
  const close = () => {
    if (!open) return;
    open = false;
    stopKeys();
    stdout.off("resize", onResize);
    process.off("exit", close);
    stdout.write(leave);
  };
  stdout.on("resize", onResize);
  process.on("exit", close);
  stdout.write(enter);
  return {
    draw(text) {
      if (!open || text === drawn) return;
      const clear = drawn === "" ? "\x1b[2J" : "";
      drawn = text;
      const lines = text.split("\n").slice(0, stdout.rows || 24);
      stdout.write(`${clear}\x1b[H${lines.map((line) => `${line}\x1b[K`).join("\r\n")}\x1b[J`);
    },
    close,
  };
}
