/** The keys that a terminal in raw mode sends, by name. */
import type { ReadStream } from "node:tty";

/** A single letter or digit as typed, or one of these names. "paste": text was pasted, which is no key. */
export type Key =
  | "enter"
  | "esc"
  | "up"
  | "down"
  | "left"
  | "right"
  | "page-up"
  | "page-down"
  | "space"
  | "ctrl-c"
  | "paste"
  | (string & {});

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

/** Keys that a terminal may send several of in one read, because they are held down. None of them is in a text. */
const heldDown = new Set<Key>(["up", "down", "left", "right", "page-up", "page-down", "esc"]);

// An escape sequence (also Alt with a letter), or one character.
// eslint-disable-next-line no-control-regex
const pieces = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|\x1b[^\x1b[O]|[^]/gu;

/**
 * The keys in what was read at once, where no paste is marked. An unknown escape sequence is skipped as a whole.
 * Several characters are pasted text, or typed too fast to tell: no keys. Only Ctrl+C counts among others, so that
 * you can always leave.
 */
export function keysIn(bytes: string): Key[] {
  const read = (bytes.match(pieces) ?? []).map((piece) => ({ piece, key: keyOf(piece) }));
  const keys = read.flatMap(({ key }) => key ?? []);
  if (read.length <= 1) return keys;
  if (keys.includes("ctrl-c")) return ["ctrl-c"];
  const isText = read.some(({ piece, key }) => (key === undefined ? !piece.startsWith("\x1b") : !heldDown.has(key)));
  return isText ? ["paste"] : keys;
}

function keyOf(piece: string): Key | undefined {
  return sequences[piece] ?? (piece.length === 1 && piece > " " ? piece : undefined);
}

const pasteBegins = "\x1b[200~";
const pasteEnds = "\x1b[201~";

/** Asks the terminal to mark what is pasted ("bracketed paste"), and to stop doing so. */
export const markPastes = { on: "\x1b[?2004h", off: "\x1b[?2004l" } as const;

/**
 * Reads keys out of the chunks that a terminal sends. Pasted text is never keys, and neither is anything else in the
 * same chunk: a text may hold the mark for the end of a paste. A paste may take several chunks, cut anywhere.
 */
export function newKeyReader(): (chunk: string) => Key[] {
  let pasting = false;
  let held = ""; // The beginning of a mark, at the end of the last chunk.
  return (chunk) => {
    // Also if the mark for the end of a paste got lost.
    if (chunk === "\x03") {
      pasting = false;
      held = "";
      return ["ctrl-c"];
    }
    let rest = held + chunk;
    let pasted = pasting;
    for (;;) {
      const at = rest.indexOf(pasting ? pasteEnds : pasteBegins);
      if (at < 0) break;
      rest = rest.slice(at + pasteBegins.length);
      pasting = !pasting;
      pasted = true;
    }
    held = pasting ? beginningOf(pasteEnds, rest) : beginningOf(pasteBegins, rest);
    if (held === "\x1b" && !pasting) held = ""; // The Esc key.
    return pasted ? ["paste"] : keysIn(rest.slice(0, rest.length - held.length));
  };
}

/** The longest beginning of `mark` that `text` ends with; "" if there is none. */
function beginningOf(mark: string, text: string): string {
  for (let length = mark.length - 1; length > 0; length--)
    if (text.endsWith(mark.slice(0, length))) return mark.slice(0, length);
  return "";
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
