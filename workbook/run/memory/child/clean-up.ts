/** Between two scenarios: ends what the first one left running, and finds out whether it changed what the next one sees. */
import { fingerprint, type Change } from "./fingerprint.ts";
import { dropSignals } from "./keep-signals.ts";
import { machine } from "./machine.ts";

/** Rounds in which leftover work may come to rest. */
const rounds = 10;
/** Turns of the loop until closed handles are gone. */
const turns = 5;
/** Other resources may stay active for long, or for ever. What Node doesn't list (crypto, zlib) ends by itself. */
const harmless = /^(PipeWrap|TTYWrap|Immediate|Timeout|MessagePort|CloseReq)$/;

/** serve() of @hono/node-server replaces these two; they are put back, so that no new child is needed. */
const replacedByHono = [
  { name: "Request", value: globalThis.Request },
  { name: "Response", value: globalThis.Response },
] as const;

let changes = fingerprint();

/** Takes the snapshot to compare with. Call it once everything is loaded and warm. */
export function rememberGlobals(): void {
  changes = fingerprint();
}

/** A change that the next scenario would see; null when there is none. */
export function changed(): Change | null {
  putBack();
  return changes();
}

function putBack(): void {
  for (let i = 0; i < replacedByHono.length; i++) {
    const { name, value } = replacedByHono[i] as (typeof replacedByHono)[number];
    Object.defineProperty(globalThis, name, { value });
  }
}

/** @returns null when nothing is still at work, else what is, as part of a sentence */
export async function cleanUp(): Promise<string | null> {
  const { clock, net, guard } = machine;
  guard.dirty = null;
  putBack();
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

/** Resolves once nothing real is under way. */
function quiet(): Promise<void> {
  return new Promise((resolve) => machine.clock.quiet(() => resolve()));
}
