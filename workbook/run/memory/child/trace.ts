/** Finds out where leftover timers, connections and servers were started. Hooks are slow, so only a second pass uses it. */
import { createHook } from "node:async_hooks";
import { machine } from "./machine.ts";

export interface Trace {
  /** Sends, for each thing that holds the process now, where it was started. */
  reportHeld(request: number): void;
  stop(): void;
}

/** From now on the stack of each new timer, connection and listening server is kept. */
export function traceStarts(): Trace {
  const { clock, guard, net } = machine;
  const stacks = new WeakMap<object, string>();
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (type === "Timeout") stacks.set(resource, new Error().stack ?? "");
    },
  }).enable();
  net.trace(true);
  return {
    reportHeld(request) {
      const timers = clock.liveTimers().map((timer) => ({ what: nameOf(timer), stack: stacks.get(timer) ?? "" }));
      for (const { what, stack } of [...timers, ...net.started()]) {
        guard.send({ is: "traced", request, what, frames: guard.frames(stack) });
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
