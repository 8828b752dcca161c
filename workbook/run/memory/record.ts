/**
 * Where a child writes what happens while it plays: a file that it appends to, read when it is done. A pipe would wake
 * the parent at each of some four hundred events, which costs more than many of them; and unlike the child's own memory,
 * a file keeps what was written, however the child ends.
 */
import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { StringDecoder } from "node:string_decoder";

export interface RecordFile {
  /** For the child's stdio: to be appended to, and not read. */
  readonly fd: number;
  /** The child has it; here it is only read from now on. */
  handedOver(): void;
  /** What was written since the last call. */
  read(): string;
  close(): void;
}

const chunkBytes = 65_536;
/** A file that is open cannot be removed there. */
const removable = process.platform !== "win32";

/** In memory where there is such a folder: a busy disk can hold up a write for more than a second. */
const folders = process.platform === "linux" ? ["/dev/shm", tmpdir()] : [tmpdir()];

/** @returns null where no file can be made; then the child tells all by its pipe */
export function openRecord(): RecordFile | null {
  for (const folder of folders) {
    const record = openIn(folder);
    if (record) return record;
  }
  return null; // The pipe does as well, only slower.
}

function openIn(folder: string): RecordFile | null {
  const file = path.join(folder, `accepted-${randomUUID()}`);
  const fds: number[] = [];
  try {
    fds.push(openSync(file, "ax", 0o600), openSync(file, "r"));
  } catch {
    fds.forEach(closeSync);
    return null;
  }
  if (removable) rmSync(file, { force: true });
  const [written = -1, reading = -1] = fds;
  const chunk = Buffer.alloc(chunkBytes);
  const decoder = new StringDecoder("utf8");
  let at = 0;
  let open = true;
  return {
    fd: written,
    handedOver: () => closeSync(written),
    read() {
      if (!open) return "";
      let text = "";
      for (;;) {
        const size = readSync(reading, chunk, 0, chunkBytes, at);
        if (size === 0) return text;
        at += size;
        text += decoder.write(chunk.subarray(0, size));
      }
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(reading);
      if (!removable) rmSync(file, { force: true });
    },
  };
}
