/** What is true of a client whatever the server says. Taken from the contract and RFC 9110, not from the solution. */
import type { Asked, Settled, Trace } from "./client-play.ts";
import { failure, mostRequests } from "./client-play.ts";
import type { ClientScript, Kind, RetryAfter } from "./client-script.ts";

/** What the client of a lesson can do. */
export interface Abilities {
  /** While polling, it asks again after 429, 503 or a cut connection. Without this they end the call. */
  readonly patient: boolean;
}

/** The longest timer, ms. A client may ask after this time even if the server said later. */
const longestTimerMs = 2 ** 31 - 1;
/** After this many failed polls in a row a patient client may give up. */
const mostTroubles = 5;
const second = 1000;

/** What went wrong, in sentences. */
export function clientFaults(script: ClientScript, trace: Trace, abilities: Abilities): readonly string[] {
  return [...waitFaults(script, trace), ...orderFaults(trace), ...endFaults(script, trace, abilities)];
}

/** It never asks early, and never in a loop. */
function waitFaults({ offsetMs }: ClientScript, { asked }: Trace): string[] {
  return asked.slice(1).flatMap((next, at) => {
    const last = asked[at];
    if (last === undefined || last.doneMs === null)
      return [`request ${at + 2} was sent while the one before it had no answer`];
    const gapMs = next.sentMs - last.doneMs;
    const leastMs = leastWaitMs(last, offsetMs + last.doneMs, at === 0);
    if (gapMs >= leastMs) return [];
    return [`poll ${at + 1} came ${gapMs} ms after the answer before it; ${leastMs} ms is the least`];
  });
}

/** How long the client has to wait after this response, ms. */
function leastWaitMs({ answer }: Asked, atMs: number, isOrder: boolean): number {
  const { kind, retryAfter } = answer;
  if (kind.is === "cut") return 0;
  if (isOrder && retryAfter.form === "none") return 0;
  return Math.max(second, Math.min(namedMs(retryAfter, atMs), longestTimerMs));
}

/** The wait that the header gives, ms; 0 when it has no meaning (RFC 9110, section 10.2.3). */
function namedMs(value: RetryAfter, atMs: number): number {
  if (value.form === "none") return 0;
  if (value.form === "text") return /^[0-9]+$/.test(value.text) ? Number(value.text) * second : 0;
  return value.aheadS * second - (atMs % second);
}

function orderFaults({ asked }: Trace): string[] {
  const methods = asked.map(({ method }) => method);
  const right = methods.every((method, at) => method === (at === 0 ? "POST" : "GET"));
  return right && methods.length > 0 ? [] : [`it sent ${methods.join(", ") || "nothing"}; not one POST and then GETs`];
}

/** It always settles: with the outcome, with an error it cannot retry, or with its deadline. After that it is quiet. */
function endFaults(script: ClientScript, { asked, settled, timersLeft }: Trace, abilities: Abilities): string[] {
  if (asked.length >= mostRequests) return [`it sent ${asked.length} requests and had not ended`];
  if (settled === null) return ["it never ends: nothing is left that could wake it"];
  const faults = timersLeft === 0 ? [] : [`it left ${timersLeft} timers behind`];
  const limitMs = script.timeoutMs === null ? null : Math.min(script.timeoutMs, longestTimerMs);
  if (limitMs !== null && settled.atMs > limitMs)
    faults.push(`it ended at ${settled.atMs} ms, its deadline was ${limitMs} ms`);
  const last = asked.at(-1);
  const early = asked.slice(0, -1).find((_, at) => endingOf(asked, at, abilities) !== "none");
  if (early) faults.push(`it asked again after it was told: ${early.answer.kind.is}`);
  const ending = endingOf(asked, asked.length - 1, abilities);
  if (last === undefined || last.doneMs === null || ending === "none") {
    return limitMs !== null && isTimeout(settled, limitMs)
      ? faults
      : [...faults, `it ended for no reason: ${shown(settled)}`];
  }
  if (settled.atMs !== last.doneMs)
    faults.push(`the end was known at ${last.doneMs} ms, it ended at ${settled.atMs} ms`);
  const right =
    ending === "report"
      ? settled.is === "report" && settled.right
      : settled.is === "error" && tells(settled, last.answer.kind, abilities);
  return right || (limitMs !== null && isTimeout(settled, limitMs))
    ? faults
    : [...faults, `after ${last.answer.kind.is}: ${shown(settled)}`];
}

type Ending = "none" | "report" | "error";

/** What the response at this index means for the call. */
function endingOf(asked: readonly Asked[], at: number, { patient }: Abilities): Ending {
  const one = asked[at];
  if (one === undefined || one.doneMs === null || one.answer.kind.is === "processing") return "none";
  if (one.answer.kind.is === "completed") return "report";
  if (!isTrouble(one.answer.kind) || !patient) return "error";
  const row = asked.slice(Math.max(0, at + 1 - mostTroubles), at + 1);
  return row.length === mostTroubles && row.every(({ answer }) => isTrouble(answer.kind)) ? "error" : "none";
}

function isTrouble(kind: Kind): boolean {
  return kind.is === "busy" || kind.is === "cut";
}

function isTimeout(settled: Settled, limitMs: number): boolean {
  return settled.is === "error" && settled.name === "TimeoutError" && settled.atMs === limitMs;
}

/** The error of a failed job reaches the caller. Lesson 04 teaches that, together with patience. */
function tells({ message }: Settled & { is: "error" }, kind: Kind, { patient }: Abilities): boolean {
  return kind.is !== "failed" || !patient || message.includes(failure);
}

function shown(settled: Settled): string {
  if (settled.is === "error") return `at ${settled.atMs} ms ${settled.name}: ${settled.message}`;
  return `at ${settled.atMs} ms a report${settled.right ? "" : " that is not the one it was sent"}`;
}
