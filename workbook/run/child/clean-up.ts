/** Between two scenarios: what the first one left is ended, and looked for in what the next one would find. */
import { fingerprint } from "./fingerprint.ts";
import { machine } from "./machine.ts";
import { close, playing } from "./play.ts";

/** Rounds in which what is left may come to rest. */
const rounds = 10;
/** Real work of these kinds may take long, or never end; the others end by themselves soon. */
const harmless = /^(PipeWrap|TTYWrap|Immediate|Timeout|MessagePort|CloseReq)$/;

let changes = fingerprint();

/** Call once everything is loaded and warm. */
export function rememberGlobals(): void {
  changes = fingerprint();
}

/** @returns null when the next scenario may be played here, else why it may not. */
export async function cleanUp(): Promise<string | null> {
  const { clock, net, guard } = machine;
  guard.dirty = null;
  const play = playing();
  if (play) close(play);
  if (clock.hasThreads()) clock.endThreads();
  net.reset();
  clock.clearTimers();
  for (let round = 0; round < rounds; round++) {
    const waits = process.getActiveResourcesInfo().find((name) => !harmless.test(name));
    if (waits !== undefined && round > 2) return `${waits} is still at work`;
    await rest();
    if (guard.dirty !== null) return guard.dirty;
    if (net.hanging() > 0) return "the client goes on asking after the end";
    if (clock.refdTimers() === 0 && !clock.hasThreads()) return changes();
    clock.clearTimers();
  }
  return "timers are set again and again";
}

/** Until nothing real is under way. */
function rest(): Promise<void> {
  return new Promise((resolve) => machine.clock.start(() => resolve()));
}
