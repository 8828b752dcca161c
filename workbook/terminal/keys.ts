/** The keys that a terminal in raw mode sends, by name. */
import type { ReadStream } from "node:tty";

/** A single letter or digit as typed, or one of these names. */
export type Key =
  "enter" | "esc" | "up" | "down" | "left" | "right" | "page-up" | "page-down" | "space" | "ctrl-c" | (string & {});

const sequences: Readonly<Record<string, Key>> = {
  "\r": "enter",
  "\n": "enter",
  "\x1b": "esc",
  " ": "space",
  "\x03": "ctrl-c",
  "\x04": "ctrl-c",
  "\x1b[A": "up",
  "\x1b[B": "down",
  "\x1b[C": "right",
  "\x1b[D": "left",
  "\x1bOA": "up",
  "\x1bOB": "down",
  "\x1bOC": "right",
  "\x1bOD": "left",
  "\x1b[5~": "page-up",
  "\x1b[6~": "page-down",
};

/** The keys in a chunk of input. An unknown escape sequence is skipped as a whole. */
export function keysIn(bytes: string): Key[] {
  const keys: Key[] = [];
  // eslint-disable-next-line no-control-regex
  for (const [piece] of bytes.matchAll(/\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|[^]/gu)) {
    const name = sequences[piece] ?? (piece.length === 1 && piece > " " ? piece : undefined);
    if (name !== undefined) keys.push(name);
  }
  return keys;
}

const pasteBegins = "\x1b[200~";
const pasteEnds = "\x1b[201~";

/** Asks the terminal to mark what is pasted, and to stop doing so. */
export const markPastes = { on: "\x1b[?2004h", off: "\x1b[?2004l" } as const;

/**
 * Reads keys out of the chunks that a terminal sends. Pasted text is never keys: what a terminal marks as pasted is
 * skipped, over several chunks too; and where it marks nothing, several characters in one chunk are taken for pasted.
 */
export function newKeyReader(): (chunk: string) => Key[] {
  let pasting = false;
  return (chunk) => {
    // Also if the mark for the end of a paste got lost.
    if (chunk === "\x03") {
      pasting = false;
      return ["ctrl-c"];
    }
    let typed = "";
    let rest = chunk;
    for (;;) {
      const mark = rest.indexOf(pasting ? pasteEnds : pasteBegins);
      if (!pasting) typed += mark < 0 ? rest : rest.slice(0, mark);
      if (mark < 0) break;
      rest = rest.slice(mark + pasteBegins.length);
      pasting = !pasting;
    }
    const keys = keysIn(typed);
    const characters = keys.filter((key) => key.length === 1 || key === "space" || key === "enter");
    return characters.length > 1 ? keys.filter((key) => key === "ctrl-c") : keys;
  };
}

/**
 * Puts the terminal into raw mode and reports each key.
 * @returns a function that stops this and leaves raw mode; safe to call twice
 */
export function listenForKeys(stdin: ReadStream, onKey: (key: Key) => void): () => void {
  const read = newKeyReader();
  const onData = (data: Buffer | string) => read(String(data)).forEach(onKey);
  stdin.setRawMode(true);
  stdin.on("data", onData);
  stdin.resume();
  return () => {
    stdin.off("data", onData);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
