/** One HTTP exchange over a real socket, bounded in time and size, as the contract's words. */
import http from "node:http";
import https from "node:https";
import type { Ask, Exchange, Failure, HeaderPair, HttpResponse } from "../../contract/types.ts";

/** Bytes of a body that are read; more makes the exchange a failure. */
const maxBodyBytes = 5_000_000;

export interface ExchangeOptions {
  /** ms since the scenario's start. */
  readonly now: () => number;
  /** ms for the whole answer, from sending to its last byte. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Only the subject's own host and loopback are ever connected to. */
export function mayConnect(url: URL, subject: URL): boolean {
  return url.host === subject.host || isLoopback(url.hostname);
}

/** @param hostname as URL gives it, IPv6 in brackets */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Sends a request and reads the whole answer. Follows no redirect. Never rejects: what goes wrong is in `failure`.
 */
export function exchange(ask: Ask, subject: URL, options: ExchangeOptions): Promise<Exchange> {
  const sentMs = options.now();
  const started = performance.now();
  const headers: Record<string, string> = { accept: "application/json" };
  if (ask.body !== undefined) headers["content-type"] = "application/json";
  const request = { method: ask.method, url: ask.url, headers: Object.entries(headers), body: ask.body ?? null };
  const done = (response: HttpResponse | null, failure: Failure | null): Exchange => ({
    label: ask.label,
    request,
    response,
    failure,
    sentMs,
    doneMs: response ? options.now() : null,
    slow: performance.now() - started > 2000,
  });
  const url = new URL(ask.url);
  if (!mayConnect(url, subject)) {
    return Promise.resolve(done(null, { kind: "foreign", message: `${url.host} is not the server that is graded` }));
  }
  return new Promise((resolve) => {
    const { request: open } = url.protocol === "https:" ? https : http;
    // The key of a JSON body's length is set by hand, so that no server meets a chunked request by surprise.
    if (ask.body !== undefined) headers["content-length"] = String(Buffer.byteLength(ask.body));
    const sent = open(url, { method: ask.method, headers, agent: false });
    const timer = setTimeout(() => {
      finish(null, { kind: "never", message: `no complete answer within ${options.timeoutMs / 1000} s` });
    }, options.timeoutMs);
    const abort = () => finish(null, { kind: "cut", message: "the grading was stopped" });
    options.signal?.addEventListener("abort", abort, { once: true });

    function finish(response: HttpResponse | null, failure: Failure | null): void {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      resolve(done(response, failure));
      sent.destroy();
    }

    sent.on("error", (error: NodeJS.ErrnoException) => finish(null, whyNot(error, url)));
    sent.on("response", (received) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      received.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBodyBytes) {
          finish(null, { kind: "cut", message: `the body is longer than ${maxBodyBytes / 1_000_000} MB and was not read on` });
        } else chunks.push(chunk);
      });
      received.on("end", () => {
        finish({ status: received.statusCode ?? 0, headers: pairs(received.rawHeaders), body: Buffer.concat(chunks).toString() }, null);
      });
      received.on("error", (error: NodeJS.ErrnoException) => finish(null, whyNot(error, url)));
    });
    sent.end(ask.body);
  });
}

/** Raw header lines as pairs with lower-case names. */
export function pairs(raw: readonly string[]): HeaderPair[] {
  const found: HeaderPair[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) found.push([(raw[i] ?? "").toLowerCase(), raw[i + 1] ?? ""]);
  return found;
}

/** A failed request in plain words. */
function whyNot(error: NodeJS.ErrnoException, url: URL): Failure {
  const code = error.code ?? "";
  if (code === "ECONNREFUSED") return { kind: "refused", message: `nothing answers at ${url.origin} (connection refused)` };
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return { kind: "refused", message: `the host ${url.hostname} is not known` };
  if (code === "HPE_HEADER_OVERFLOW") return { kind: "cut", message: "the headers are longer than 16 KB" };
  if (code.startsWith("HPE_")) return { kind: "cut", message: "the answer is no HTTP" };
  if (code === "ECONNRESET") return { kind: "cut", message: "the connection was closed before the answer was complete" };
  return { kind: "cut", message: error.message };
}
