/** Reads what a child tells: lines that carry the token of the order under way. All others are not the child's own words. */
import type { Readable } from "node:stream";
import type { Told } from "./protocol.ts";

/** Characters without the end of a line after which nobody listens any more. */
const longest = 64 * 1024 * 1024;

export interface Ear {
  /** From now on only lines with this token count. */
  expect(token: string): void;
  /** Takes the next piece of what was told; lines may be cut anywhere. */
  take(text: string): void;
}

/**
 * @param hear gets each line that is the child's own
 * @param onForeign called for each other line, and for a line without end
 */
export function newEar(hear: (told: Told) => void, onForeign: (endless: boolean) => void): Ear {
  let expected = "";
  let parts: string[] = [];
  let size = 0;
  const takeLine = (line: string) => {
    // Before it there may be what somebody else wrote, and did not end.
    const at = line.indexOf(expected);
    const told = at < 0 ? null : parsed(line.slice(at + expected.length));
    if (at !== 0 || !told) onForeign(false);
    if (told) hear(told);
  };
  const take = (text: string) => {
    const lines = text.split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      takeLine(parts.join("") + line);
      parts = [];
      size = 0;
    }
    if (last === "") return;
    parts.push(last);
    size += last.length;
    if (size > longest) {
      parts = [];
      size = 0;
      onForeign(true);
    }
  };
  return { expect: (token) => void (expected = token), take };
}

/** Hears what comes by a stream. */
export function listen(stream: Readable, ear: Ear): void {
  stream.setEncoding("utf8");
  stream.on("data", ear.take);
}

function parsed(line: string): Told | null {
  try {
    return JSON.parse(line) as Told;
  } catch {
    return null; // The token is there, and what follows was cut or overwritten.
  }
}
