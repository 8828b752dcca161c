/** Between two scenarios: what the first one left is ended, and looked for in what the next one would find. */
import { fingerprint, type Change } from "./fingerprint.ts";
import { dropSignals } from "./keep-signals.ts";
import { machine } from "./machine.ts";

/** Rounds in which what is left may come to rest. */
const rounds = 10;
/** Turns in which handles that were closed go away. */
const turns = 5;
/** Work of other kinds may take long, or never end; what is not listed by Node (crypto, zlib) ends by itself. */
const harmless = /^(PipeWrap|TTYWrap|Immediate|Timeout|MessagePort|CloseReq)$/;

/** What serve() of @hono/node-server puts a class of its own in the place of: that is no reason for another child. */
const lent = [
  { name: "Request", value: globalThis.Request },
  { name: "Response", value: globalThis.Response },
] as const;

let changes = fingerprint();

/** Call once everything is loaded and warm. */
export function rememberGlobals(): void {
  changes = fingerprint();
}

/** What has changed of what the next scenario would find; null when nothing. */
export function changed(): Change | null {
  giveBack();
  return changes();
}

function giveBack(): void {
  for (let i = 0; i < lent.length; i++) {
    const { name, value } = lent[i] as (typeof lent)[number];
    Object.defineProperty(globalThis, name, { value });
  }
}

/** @returns null when nothing is left at work, else what is. */
export async function cleanUp(): Promise<string | null> {
  const { clock, net, guard } = machine;
  guard.dirty = null;
  giveBack();
  clock.endThreads();
  dropSignals();
  net.reset();
  clock.clearTimers();
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  for (let round = 0; round < rounds; round++) {
    const work = process.getActiveResourcesInfo().find((name) => !harmless.test(name));
    if (work !== undefined) return `${work} is still at work`;
    await quiet();
    if (guard.dirty !== null) return guard.dirty;
    if (net.hanging() > 0) return "the client goes on asking after the end";
    if (!clock.clearTimers() && !clock.hasThreads()) return null;
  }
  return "timers are set again and again";
}

/** Until nothing real is under way. */
function quiet(): Promise<void> {
  return new Promise((resolve) => machine.clock.quiet(() => resolve()));
}
