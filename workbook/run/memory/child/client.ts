/** Calls a client's runReport against a scripted server, until it settles and for a while after. */
import type { Event } from "../../../contract/model/recording.ts";
import type { ClientCall } from "../../../contract/model/script.ts";
import { errorRecord } from "./error-record.ts";
import { machine } from "./machine.ts";
import type { Exports } from "./modules.ts";
import type { Play } from "./play.ts";
import { startScriptedServer } from "./scripted-server.ts";

/** Turns of the loop after settling in which the client may close its connections; it ends sooner when nothing goes on. */
const turnsAfter = 100;
const usualLimitMs = 3_600_000;

export type RunReport = (baseUrl: string, params: object, options?: object) => unknown;

/** The `runReport` of a client module; null when it exports none. */
export function runReportOf(exports: Exports): RunReport | null {
  return typeof exports.runReport === "function" ? (exports.runReport as RunReport) : null;
}

export interface ClientRun {
  readonly play: Play;
  readonly runReport: RunReport;
  readonly call: ClientCall;
  /** The scripted server's port. */
  readonly port: number;
  /** Called when a count finds something that keeps the process alive. */
  onHeld(): void;
}

/** Calls the client once; see Bench.run. */
export async function runClient({ play, runReport, call, port, onHeld }: ClientRun): Promise<void> {
  const controller = new AbortController();
  const abort = () => {
    if (controller.signal.aborted) return;
    play.emit({ is: "aborted", atMs: play.now() });
    controller.abort();
  };
  const ending = firstEvent(play);
  const stop = (why: "requests" | "time") => ending.is({ is: "stopped", atMs: play.now(), why });
  const stopLimit = machine.clock.alarm(play.now() + (call.limitMs ?? usualLimitMs), () => stop("time"), true);
  const scripted = startScriptedServer(play, { script: call.script, port, abort, tooMany: () => stop("requests") });
  if (call.options?.signal === "aborted-before") abort();
  const end = async () =>
    ending.is(await settling(play, settled(runReport, scripted.origin, call, controller.signal), controller.signal));
  void end();
  const last = await ending.event;
  stopLimit();
  if (last.is === "resolved" || last.is === "rejected") await watch(play, call.watchMs ?? 0, onHeld);
  scripted.leave();
}

/** The first of three: the promise settles, the run is stopped, or nothing is left that could settle it. Recorded at once. */
function firstEvent(play: Play): { readonly event: Promise<Event>; is(event: Event): void } {
  let resolve: ((event: Event) => void) | null = null;
  const event = new Promise<Event>((done) => (resolve = done));
  const is = (first: Event) => {
    if (!resolve) return;
    play.dry.delete(dry);
    play.emit(first);
    resolve(first);
    resolve = null;
  };
  const dry = () => {
    is({ is: "stalled", atMs: play.now() });
    return true;
  };
  play.dry.add(dry);
  return { event, is };
}

/** The event of the settled promise. */
async function settling(play: Play, promise: Promise<unknown>, signal: AbortSignal): Promise<Event> {
  let value: unknown;
  try {
    value = await promise;
  } catch (reason) {
    return { is: "rejected", atMs: play.now(), error: errorRecord(reason, signal) };
  }
  return { is: "resolved", atMs: play.now(), ...asJson(value) };
}

/** Settles as the client's promise does. A synchronous throw, also of a thenable, counts as a rejection. */
async function settled(runReport: RunReport, origin: string, call: ClientCall, signal: AbortSignal): Promise<unknown> {
  const params = structuredClone(call.params);
  if (call.options === undefined) return await runReport(origin, params);
  const { timeoutMs } = call.options;
  return await runReport(origin, params, {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(call.options.signal === undefined ? {} : { signal }),
  });
}

async function watch(play: Play, watchMs: number, onHeld: () => void): Promise<void> {
  await new Promise<void>((resolve) => machine.clock.pause(turnsAfter, resolve));
  const value = held();
  if (value > 0) onHeld();
  play.emit({ is: "probe", atMs: play.now(), name: "timers", value });
  if (watchMs > 0) await new Promise<void>((resolve) => machine.clock.alarm(play.now() + watchMs, resolve));
}

/** How many things of the client's keep its process alive. A library's pool of idle connections doesn't. */
function held(): number {
  const { clock, net } = machine;
  return clock.refdTimers() + clock.refdPorts() + clock.refdWorkers() + net.refdSockets() + net.refdServers();
}

/** A value as JSON; null if JSON cannot express it, or if reading it throws. */
function asJson(value: unknown): { type: string; json: string | null } {
  let type: string = value === null ? "null" : typeof value;
  try {
    if (Array.isArray(value)) type = "array";
    return { type, json: JSON.stringify(value) ?? null };
  } catch {
    return { type, json: null };
  }
}
