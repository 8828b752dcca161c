/** Reads requests as JSON lines from fd 4. A pipe and no IPC channel, so that the subject finds no way to write to the parent. */
import { Socket } from "node:net";
import type { SealedPlayRequest } from "../protocol.ts";

export interface RequestPipe {
  /** While it is held, the process waits for the next request; otherwise the clock may jump. */
  hold(held: boolean): void;
}

export interface RequestListeners {
  onRequest(request: SealedPlayRequest): void;
  /** An empty line: a request is about to come. */
  onHurry(): void;
  /** The parent is gone. */
  onEnd(): void;
}

export function openRequests({ onRequest, onHurry, onEnd }: RequestListeners): RequestPipe {
  const pipe = new Socket({ fd: 4, readable: true, writable: false });
  let rest = "";
  pipe.setEncoding("utf8");
  pipe.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") onHurry();
      else onRequest(JSON.parse(line) as SealedPlayRequest);
    }
  });
  pipe.on("error", onEnd);
  pipe.on("close", onEnd);
  return { hold: (held) => void (held ? pipe.ref() : pipe.unref()) };
}
