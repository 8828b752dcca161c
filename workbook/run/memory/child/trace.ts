/** A closer look, in a second pass only, since hooks are slow: where what is left over was begun. */
import { createHook } from "node:async_hooks";
import { machine } from "./machine.ts";

export interface Trace {
  /** Tells of each thing that holds the process now where it was begun. */
  tellHeld(order: number): void;
  stop(): void;
}

/** From here on every timer, connection and listening server is noted with its stack. */
export function traceBeginnings(): Trace {
  const { clock, guard, net } = machine;
  const stacks = new WeakMap<object, string>();
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (type === "Timeout") stacks.set(resource, new Error().stack ?? "");
    },
  }).enable();
  net.trace(true);
  return {
    tellHeld(order) {
      const timers = clock.liveTimers().map((timer) => ({ what: nameOf(timer), stack: stacks.get(timer) ?? "" }));
      for (const { what, stack } of [...timers, ...net.begun()]) {
        guard.tell({ is: "traced", order, what, frames: guard.frames(stack) });
      }
    },
    stop() {
      hook.disable();
      net.trace(false);
    },
  };
}

function nameOf(timer: object): string {
  return "_repeat" in timer && timer._repeat ? "setInterval" : "setTimeout";
}
