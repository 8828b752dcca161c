/** Sends requests to a server module: straight to its `fetch`, with a real Request. */
import type { Exchange, Failure, HeaderPair, HttpRequest, HttpResponse } from "../../../contract/model/recording.ts";
import type { Ask } from "../../../contract/model/bench.ts";
import { machine } from "./machine.ts";
import type { Exports } from "./modules.ts";
import type { Play } from "./play.ts";

/** Virtual ms after which a request counts as never answered. */
const longestWaitMs = 3_600_000;
/** Characters of a body that are read; a report has a few hundred. */
const longestBody = 8 * 2 ** 20;
/** Characters of a longer body that are recorded. */
const shownOfLong = 65_536;
/** Real ms after which an answer counts as slow. */
const slowMs = 2000;

export interface FetchApp {
  fetch(request: Request, env: object): unknown;
}

/** The app of a server module; null when it has no default export with a `fetch` method. */
export function appOf(exports: Exports): FetchApp | null {
  const app = exports.default;
  if ((typeof app !== "object" && typeof app !== "function") || app === null) return null;
  return "fetch" in app && typeof app.fetch === "function" ? (app as FetchApp) : null;
}

/** Sends one request and records the exchange. Never rejects; stays pending once the play has ended. */
export function send(play: Play, app: FetchApp, origin: string, ask: Ask): Promise<Exchange> {
  const request = requestOf(ask, origin);
  const sentMs = play.now();
  const began = machine.guard.spentMs();
  return new Promise((resolve) => {
    const settle = ({ response, failure }: Answered) => {
      if (!play.closers.delete(end)) return;
      play.dry.delete(never);
      cancel();
      const doneMs = failure === null || failure.kind === "threw" ? play.now() : null;
      const slow = machine.guard.spentMs() - began > slowMs;
      const exchange: Exchange = { label: ask.label, request, response, failure, sentMs, doneMs, slow };
      play.emit({ is: "exchange", exchange });
      if (failure?.kind !== "ended") resolve(exchange);
    };
    const never = () => {
      settle(failed("never", "Nothing is left that could answer."));
      return true;
    };
    const end = () => settle(failed("ended", "The server ended before it answered."));
    const cancel = machine.clock.alarm(sentMs + longestWaitMs, never, true);
    play.dry.add(never);
    play.closers.add(end);
    const toTheEnd = async () => settle(await answer(app, request));
    void toTheEnd();
  });
}

/** With more at the same time, the process would run out of memory. */
const atOnce = 500;

/** Sends the same request `times` times, and records nothing. */
export async function repeat(app: FetchApp, origin: string, ask: Ask, times: number): Promise<void> {
  const request = requestOf(ask, origin);
  for (let left = times; left > 0; left -= atOnce) {
    await Promise.all(Array.from({ length: Math.min(left, atOnce) }, () => answer(app, request)));
  }
}

interface Answered {
  readonly response: HttpResponse | null;
  readonly failure: Failure | null;
}

function requestOf({ method, url, body }: Ask, origin: string): HttpRequest {
  const whole = url.startsWith("/") ? origin + url : url;
  const headers: HeaderPair[] = [["accept", "application/json"]];
  if (body !== undefined) headers.push(["content-type", "application/json"]);
  if (URL.canParse(whole)) headers.push(["host", new URL(whole).host]);
  return { method, url: whole, headers, body: body ?? null };
}

async function answer(app: FetchApp, asked: HttpRequest): Promise<Answered> {
  if (!URL.canParse(asked.url)) return failed("refused", `"${asked.url}" is no URL.`);
  const headers = asked.headers.map(([name, value]): [string, string] => [name, value]);
  const request = new Request(asked.url, { method: asked.method, headers, body: asked.body });
  let response: unknown;
  try {
    response = await app.fetch(request, {});
  } catch (error) {
    return threw(`fetch rejected: ${machine.guard.textOf(error)}`);
  }
  if (!isResponse(response)) return threw(`fetch gave no Response, but ${machine.guard.textOf(response)}`);
  try {
    const { status } = response;
    const pairs = [...response.headers].map(([name, value]): HeaderPair => [name.toLowerCase(), String(value)]);
    return { response: { status, headers: pairs, body: await bodyOf(response) }, failure: null };
  } catch (error) {
    return failed("cut", `The answer's body broke off: ${machine.guard.textOf(error)}`);
  }
}

/** The body as text; of a very long one the beginning. */
async function bodyOf(response: Response): Promise<string> {
  const { body } = response;
  if (!(body instanceof ReadableStream)) return String(await response.text());
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length <= longestBody) continue;
    machine.guard.notice(
      `answers with a body of more than ${longestBody / 2 ** 20} MB, of which the beginning was read`,
    );
    return text.slice(0, shownOfLong);
  }
}

/** A Response of any class: libraries bring lighter ones of their own. */
function isResponse(value: unknown): value is Response {
  if (typeof value !== "object" || value === null) return false;
  try {
    const { status, headers, text } = value as Partial<Response>;
    return typeof status === "number" && typeof text === "function" && typeof headers?.[Symbol.iterator] === "function";
  } catch {
    return false; // One of its getters threw.
  }
}

function threw(message: string): Answered {
  return { response: { status: 500, headers: [], body: "" }, failure: { kind: "threw", message } };
}

function failed(kind: Failure["kind"], message: string): Answered {
  return { response: null, failure: { kind, message } };
}
