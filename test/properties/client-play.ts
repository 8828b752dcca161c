/** Plays a script to a client on a fake clock, and records what the client does. */
import { isDeepStrictEqual } from "node:util";
import type { Answer, ClientScript, RetryAfter } from "./client-script.ts";
import { drain, onFakeClock, pendingTimers, step } from "./clock.ts";
import type { Client } from "./load.ts";

/** A request of the client and its response. */
export interface Asked {
  readonly method: string;
  /** ms since the script began. */
  readonly sentMs: number;
  /** null: no response came before the end. */
  readonly doneMs: number | null;
  readonly answer: Answer;
}

export type Settled =
  | { readonly is: "report"; readonly right: boolean; readonly atMs: number }
  | { readonly is: "error"; readonly name: string; readonly message: string; readonly atMs: number };

export interface Trace {
  readonly asked: readonly Asked[];
  /** null: it never settles, or it sent more requests than the limit. */
  readonly settled: Settled | null;
  /** How many timers were still set after it settled. */
  readonly timersLeft: number;
}

/** More requests than any script needs: the longest deadline is 90 s, and no wait is under a second. */
export const mostRequests = 150;

const origin = "http://localhost";
const report = { title: "Poetry", generatedAt: "2026-11-25T14:00:00.000Z", totalBooks: { count: 7 } };
/** The error of a failed job. */
export const failure = "The warehouse is locked.";

/** Calls the client once. Replaces fetch and AbortSignal.timeout meanwhile. */
export function playClient(client: Client, script: ClientScript): Promise<Trace> {
  return onFakeClock(script.offsetMs, async () => {
    const beganAt = Date.now();
    const now = (): number => Date.now() - beganAt;
    const asked: Asked[] = [];
    const { fetch, timeout } = { fetch: globalThis.fetch, timeout: AbortSignal.timeout };
    let deadlineTimers = 0;
    try {
      globalThis.fetch = (input, init) => {
        const method = init?.method ?? "GET";
        const at = asked.length;
        const answer = script.polls[Math.min(at, script.polls.length) - 1];
        const chosen = at === 0 || answer === undefined ? script.order : answer;
        const entry = { method, sentMs: now(), doneMs: null as number | null, answer: chosen };
        asked.push(entry);
        return respond(String(input), chosen, init?.signal ?? undefined, () => (entry.doneMs = now()));
      };
      AbortSignal.timeout = (ms) => {
        const controller = new AbortController();
        deadlineTimers += 1;
        setTimeout(() => {
          deadlineTimers -= 1;
          controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
        }, ms);
        return controller.signal;
      };
      const end: { settled: Settled | null } = { settled: null };
      const options = script.timeoutMs === null ? {} : { timeoutMs: script.timeoutMs };
      client.runReport(origin, { genre: "poetry" }, options).then(
        (value) => (end.settled = { is: "report", right: isDeepStrictEqual(value, report), atMs: now() }),
        (error: Error) => (end.settled = { is: "error", name: error.name, message: error.message, atMs: now() }),
      );
      await drain();
      while (end.settled === null && asked.length < mostRequests && (await step()));
      return { asked, ...end, timersLeft: pendingTimers() - deadlineTimers };
    } finally {
      globalThis.fetch = fetch;
      AbortSignal.timeout = timeout;
    }
  });
}

/** Resolves with the response when it is due. Rejects with the signal's reason if that comes first. */
function respond(url: string, answer: Answer, signal: AbortSignal | undefined, done: () => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = answer.kind.is === "silence" ? undefined : setTimeout(arrive, answer.delayMs);
    signal?.addEventListener("abort", stop);
    function stop() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    function arrive() {
      signal?.removeEventListener("abort", stop);
      done();
      const { kind } = answer;
      if (kind.is === "cut" && kind.when === "before") return reject(new TypeError("fetch failed"));
      const response = new Response(body(answer), { status: statusOf(kind), headers: headersOf(answer) });
      resolve(Object.defineProperty(response, "url", { value: url }));
    }
  });
}

function statusOf(kind: Answer["kind"]): number {
  return "status" in kind ? kind.status : 200;
}

function body({ kind }: Answer): string | ReadableStream {
  const id = "r-41";
  if (kind.is === "cut") return new ReadableStream({ start: (stream) => stream.error(new TypeError("terminated")) });
  if (kind.is === "not JSON") return "<!doctype html>";
  if (kind.is === "busy" || kind.is === "refused") return JSON.stringify({ error: "not now" });
  if (kind.is === "completed") return JSON.stringify({ id, status: "completed", result: report });
  if (kind.is === "failed") return JSON.stringify({ id, status: "failed", error: failure });
  return JSON.stringify({ id, status: "processing" });
}

function headersOf({ kind, retryAfter }: Answer): Headers {
  const headers = new Headers({ "Content-Type": "application/json" });
  if (statusOf(kind) === 202) headers.set("Location", "/reports/r-41");
  const value = retryAfterText(retryAfter, Date.now());
  if (value !== null) headers.set("Retry-After", value);
  if (retryAfter.form === "date" && retryAfter.skewS !== null)
    headers.set("Date", httpDate(Date.now() + retryAfter.skewS * 1000));
  return headers;
}

function retryAfterText(value: RetryAfter, now: number): string | null {
  if (value.form === "none") return null;
  if (value.form === "text") return value.text;
  return httpDate(Math.floor(now / 1000) * 1000 + ((value.skewS ?? 0) + value.aheadS) * 1000);
}

function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}
