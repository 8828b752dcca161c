/** What holds for a client whatever the server says. Read from the contract and the RFC, not from the solution. */
import type { Asked, Settled, Trace } from "./client-play.ts";
import { failure, mostRequests } from "./client-play.ts";
import type { ClientScript, Kind, RetryAfter } from "./client-script.ts";

/** What the lesson's client has learnt. */
export interface Abilities {
  /** Answers 429 and 503, and cut connections, while it polls: it asks again. Otherwise they end the call. */
  readonly patient: boolean;
}

/** No timer is longer, ms: a client may come back after this time though the server said later. */
const longestTimerMs = 2 ** 31 - 1;
/** So many polls in a row that bring no answer may end the call of a patient client. */
const mostTroubles = 5;
const second = 1000;

/** What went wrong, in sentences. */
export function clientFaults(script: ClientScript, trace: Trace, abilities: Abilities): readonly string[] {
  return [...waitFaults(script, trace), ...orderFaults(trace), ...endFaults(script, trace, abilities)];
}

/** Never early, never in a loop. */
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

/** How long a client has to wait after this answer, ms. */
function leastWaitMs({ answer }: Asked, atMs: number, isOrder: boolean): number {
  const { kind, retryAfter } = answer;
  if (kind.is === "cut") return 0;
  if (isOrder && retryAfter.form === "none") return 0;
  return Math.max(second, Math.min(namedMs(retryAfter, atMs), longestTimerMs));
}

/** What the header says, ms; 0 where it says nothing that has a meaning (RFC 9110, section 10.2.3). */
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

/** It always ends: with the outcome, with what cannot be got over, or with its deadline. And then it is quiet. */
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

/** What the answer at this place means for the call. */
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

/** A failed job's own words reach the caller (from lesson 04 on, as does patience). */
function tells({ message }: Settled & { is: "error" }, kind: Kind, { patient }: Abilities): boolean {
  return kind.is !== "failed" || !patient || message.includes(failure);
}

function shown(settled: Settled): string {
  if (settled.is === "error") return `at ${settled.atMs} ms ${settled.name}: ${settled.message}`;
  return `at ${settled.atMs} ms a report${settled.right ? "" : " that is not the one it was sent"}`;
}
