/** Orders come as JSON lines on fd 4: a pipe and no IPC channel, so that the subject finds no way to speak to the parent. */
import { Socket } from "node:net";
import type { SealedOrder } from "../protocol.ts";

export interface OrderPipe {
  /** While it is held, the process waits for the next order; else its clock may jump. */
  hold(held: boolean): void;
}

export interface OrderEars {
  onOrder(order: SealedOrder): void;
  /** An empty line: an order is about to come. */
  onHurry(): void;
  /** The parent is gone. */
  onEnd(): void;
}

export function openOrders({ onOrder, onHurry, onEnd }: OrderEars): OrderPipe {
  const pipe = new Socket({ fd: 4, readable: true, writable: false });
  let rest = "";
  pipe.setEncoding("utf8");
  pipe.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") onHurry();
      else onOrder(JSON.parse(line) as SealedOrder);
    }
  });
  pipe.on("error", onEnd);
  pipe.on("close", onEnd);
  return { hold: (held) => void (held ? pipe.ref() : pipe.unref()) };
}
