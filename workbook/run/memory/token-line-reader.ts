/** Reads a child's messages. Only lines that start with the current request's token are the child's own. */
import type { Readable } from "node:stream";
import type { ChildMessage } from "./protocol.ts";

/** Characters without a line end after which reading stops. */
const longestLine = 64 * 1024 * 1024;

export interface TokenLineReader {
  /** From now on only lines with this token count. */
  expect(token: string): void;
  /** Takes the next piece of text; lines may be cut anywhere. */
  take(text: string): void;
}

/**
 * @param onMessage gets each line that is the child's own
 * @param onForeign called for each other line, and with `true` for a line that never ends
 */
export function newTokenLineReader(
  onMessage: (message: ChildMessage) => void,
  onForeign: (endless: boolean) => void,
): TokenLineReader {
  let token = "";
  let parts: string[] = [];
  let size = 0;
  const takeLine = (line: string) => {
    // The subject may have written something before the token without ending its line.
    const at = line.indexOf(token);
    const message = at < 0 ? null : parsed(line.slice(at + token.length));
    if (at !== 0 || !message) onForeign(false);
    if (message) onMessage(message);
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
    if (size > longestLine) {
      parts = [];
      size = 0;
      onForeign(true);
    }
  };
  return { expect: (next) => void (token = next), take };
}

/** Feeds a reader from a stream. */
export function readFrom(stream: Readable, reader: TokenLineReader): void {
  stream.setEncoding("utf8");
  stream.on("data", reader.take);
}

function parsed(line: string): ChildMessage | null {
  try {
    return JSON.parse(line) as ChildMessage;
  } catch {
    return null; // The token is there, but the rest of the line was cut or overwritten.
  }
}
