/** Plays a client scenario on a small virtual clock, without processes, sockets or Node timers. */
import type { ErrorRecord, Event, Exchange, HttpRequest, Recording } from "../../workbook/contract/model/recording.ts";
import type { ClientScenario } from "../../workbook/contract/model/scenario.ts";
import type { ClientBench } from "../../workbook/contract/model/bench.ts";
import type { World } from "../../workbook/contract/model/world.ts";
import type { ClientCall } from "../../workbook/contract/model/script.ts";
import { mostRequests, noRequests, outcomeOf, replyTo, type Reply } from "../../workbook/contract/scenarios/script.ts";

/** What a model client has to work with. */
export interface Io {
  send(ask: { method: string; url: string; body?: string; type?: string; signal?: AbortSignal }): Promise<Answered>;
  /** @returns a function that clears the timer */
  timer(ms: number, act: () => void): () => void;
  now(): number;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
  header(name: string): string | null;
}

export type ModelClient = (
  io: Io,
  baseUrl: string,
  params: Readonly<Record<string, unknown>>,
  options?: { timeoutMs?: number; signal?: AbortSignal },
) => Promise<unknown>;

const origin = "http://127.0.0.1:4202";
const epochMs = Date.UTC(2026, 0, 5, 9, 0, 0, 250);

export async function playOn(client: ModelClient, scenario: ClientScenario, world: World): Promise<Recording> {
  const events: Event[] = [];
  const queue: { atMs: number; act: () => void; own: boolean }[] = [];
  let now = 0;

  function at(atMs: number, act: () => void, own = false): () => void {
    const entry = { atMs, act, own };
    queue.push(entry);
    queue.sort((a, b) => a.atMs - b.atMs);
    return () => {
      if (queue.includes(entry)) queue.splice(queue.indexOf(entry), 1);
    };
  }

  async function run(call: ClientCall): Promise<void> {
    const aborting = new AbortController();
    let counts = noRequests;
    const abort = () => {
      events.push({ is: "aborted", atMs: now });
      aborting.abort(new Error("the reader has left"));
    };
    if (call.options?.signal === "aborted-before") abort();
    const io: Io = {
      now: () => now + epochMs,
      timer: (ms, act) => at(now + (ms >= 1 && ms < 2 ** 31 ? ms : 1), act, true),
      send: async ({ method, url, body, type, signal }) => {
        const sentMs = now;
        signal?.throwIfAborted();
        const headers = type === undefined ? [] : [["content-type", type] as const];
        const request: HttpRequest = { method, url: parsed(url).href, headers, body: body ?? null };
        const reply = replyTo(call.script, counts, request, { ms: now, epochMs: now + epochMs, origin });
        counts = reply.counts;
        if (reply.abortAfterMs !== null) at(now + reply.abortAfterMs, abort);
        return answered(reply, { label: reply.label, request, sentMs }, signal);
      },
    };

    function answered(reply: Reply, begun: Pick<Exchange, "label" | "request" | "sentMs">, signal?: AbortSignal) {
      return new Promise<Answered>((resolve, reject) => {
        const { status, headers, body } = reply.response;
        const record = (rest: Pick<Exchange, "response" | "failure" | "doneMs">) =>
          events.push({ is: "exchange", exchange: { ...begun, ...rest, slow: false } });
        const cut = (why: unknown) => {
          record({ response: null, failure: { kind: "cut", message: "cut" }, doneMs: null });
          reject(why);
        };
        const { afterMs } = reply;
        const take =
          afterMs === null
            ? () => {}
            : at(now + afterMs, () => {
                signal?.removeEventListener("abort", leave);
                if (reply.cut !== null) return cut(new Error("the connection broke"));
                record({ ...outcomeOf(reply), doneMs: now });
                resolve({ status, body, header: (name) => headers.find(([key]) => key === name)?.[1] ?? null });
              });
        const leave = () => {
          take();
          cut(signal?.reason);
        };
        signal?.addEventListener("abort", leave, { once: true });
      });
    }

    const options = {
      ...(call.options?.timeoutMs === undefined ? {} : { timeoutMs: call.options.timeoutMs }),
      ...(call.options?.signal === undefined ? {} : { signal: aborting.signal }),
    };
    let settled = false;
    Promise.resolve(client(io, origin, call.params, call.options ? options : undefined)).then(
      (value: unknown) => {
        settled = true;
        events.push({ is: "resolved", atMs: now, type: typeof value, json: JSON.stringify(value) ?? null });
      },
      (error: unknown) => {
        settled = true;
        events.push({ is: "rejected", atMs: now, error: errorRecord(error, aborting.signal.reason) });
      },
    );
    const over = () => settled || counts.requests >= mostRequests;
    await advance(call.limitMs ?? 3_600_000, over);
    if (!settled) {
      const why = over() ? "requests" : "time";
      events.push(queue.length === 0 ? { is: "stalled", atMs: now } : { is: "stopped", atMs: now, why });
      return;
    }
    events.push({ is: "probe", atMs: now, name: "timers", value: queue.filter((entry) => entry.own).length });
    await advance(now + (call.watchMs ?? 0), () => counts.requests >= 2 * mostRequests);
  }

  /** Runs timers until `endMs`, or until `over` returns true. */
  async function advance(endMs: number, over: () => boolean): Promise<void> {
    for (await turns(); !over(); await turns()) {
      const next = queue[0];
      if (!next || next.atMs > endMs) break;
      queue.shift();
      now = next.atMs;
      next.act();
    }
  }

  const nowhere = () => Promise.reject(new Error("Client scenarios do not wait."));
  const bench: ClientBench = {
    world,
    run,
    now: () => now,
    random: () => 0.5,
    wait: nowhere,
    until: nowhere,
  };
  await scenario.play(bench);
  return { scenario: scenario.name, side: "client", clock: "virtual", events, lastedMs: now };
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw Object.assign(new TypeError(`${url} is no URL`, { cause }), { invalid: true });
  }
}

/** Lets promises go on as far as they can without a timer. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function errorRecord(thing: unknown, reason: unknown): ErrorRecord {
  const error = thing instanceof Error ? thing : null;
  return {
    isError: error !== null,
    name: error?.name ?? "",
    message: error?.message ?? String(thing),
    status: null,
    isReason: thing === reason && reason !== undefined,
    isInvalidUrl: error !== null && "invalid" in error,
    isParserMessage: error?.name === "SyntaxError",
    cause: error?.cause === undefined ? null : errorRecord(error.cause, reason),
  };
}
