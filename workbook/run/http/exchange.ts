/** One HTTP exchange over a real socket, bounded in time and size, as recordings have it. */
import http from "node:http";
import https from "node:https";
import { isLoopback } from "../../contract/http/location.ts";
import type { Ask } from "../../contract/model/bench.ts";
import type { Exchange, Failure, HttpResponse } from "../../contract/model/recording.ts";
import { headerPairs } from "../raw-headers.ts";

/** A longer body makes the exchange a failure, bytes. */
const maxBodyBytes = 5_000_000;
/** For all header lines together, bytes: Node's own limit, set here so that no flag of Node's changes it. */
const maxHeaderBytes = 16_384;
/** An answer that takes longer counts as slow, ms. */
const slowMs = 2_000;

export interface ExchangeOptions {
  /** ms since the scenario's start. */
  readonly now: () => number;
  /** ms from sending the request to the last byte of the answer. */
  readonly answerMs: number;
  readonly signal?: AbortSignal;
}

/** True for the subject's own host and for loopback: the grader connects to nothing else. */
export function mayConnect(url: URL, subject: URL): boolean {
  return url.host === subject.host || isLoopback(url.hostname);
}

/**
 * Sends a request and reads the whole answer. Follows no redirect. Never rejects: `failure` says what went wrong, in words
 * that continue a sentence ("no answer: …").
 * @param ask with an absolute URL
 */
export function exchange(ask: Ask, subject: URL, options: ExchangeOptions): Promise<Exchange> {
  const sentMs = options.now();
  const headers: Record<string, string> = { accept: "application/json" };
  if (ask.body !== undefined) {
    headers["content-type"] = "application/json";
    // Set here, or Node would send the body in chunks, which some servers don't expect.
    headers["content-length"] = String(Buffer.byteLength(ask.body));
  }
  const request = { method: ask.method, url: ask.url, headers: Object.entries(headers), body: ask.body ?? null };
  const result = (response: HttpResponse | null, failure: Failure | null): Exchange => {
    const doneMs = options.now();
    const slow = doneMs - sentMs > slowMs;
    const { label, aside = false } = ask;
    return { label, request, response, failure, sentMs, doneMs: response ? doneMs : null, slow, aside };
  };
  const url = new URL(ask.url);
  if (!mayConnect(url, subject)) {
    return Promise.resolve(result(null, { kind: "foreign", message: `${url.host} is not the server that is graded` }));
  }
  return new Promise((resolve) => {
    const { request: open } = url.protocol === "https:" ? https : http;
    const sent = open(url, { method: ask.method, headers, agent: false, maxHeaderSize: maxHeaderBytes });
    let bytes = 0;
    const stopTimer = afterTicks(options.answerMs, () => {
      const seconds = options.answerMs / 1000;
      finish(null, { kind: "timeout", message: `${bytes === 0 ? "none" : "no complete one"} within ${seconds} s` });
    });
    const abort = () => finish(null, { kind: "cut", message: "the grading was stopped" });
    options.signal?.addEventListener("abort", abort, { once: true });

    function finish(response: HttpResponse | null, failure: Failure | null): void {
      stopTimer();
      options.signal?.removeEventListener("abort", abort);
      resolve(result(response, failure));
      sent.destroy();
    }

    const broken = (error: NodeJS.ErrnoException) => finish(null, failureOf(error, url));
    sent.on("error", broken);
    sent.on("socket", (socket) => socket.on("data", (chunk: Buffer) => (bytes += chunk.length)));
    sent.on("response", (received) => {
      const chunks: Buffer[] = [];
      let length = 0;
      received.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length <= maxBodyBytes) chunks.push(chunk);
        else {
          const message = `its body is longer than ${maxBodyBytes / 1_000_000} MB and was not read on`;
          finish(null, { kind: "cut", message });
        }
      });
      received.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        finish({ status: received.statusCode ?? 0, headers: headerPairs(received.rawHeaders), body }, null);
      });
      received.on("error", broken);
    });
    sent.end(ask.body);
  });
}

const ticks = 20;

/**
 * Calls back after `ms`, counted in ticks of this process's own loop. On a busy machine the process itself may be held up
 * while the answer arrives; a plain timer would then fire before the answer is read.
 * @returns a function that cancels it
 */
function afterTicks(ms: number, call: () => void): () => void {
  let left = ticks;
  const timer = setInterval(() => {
    if (--left > 0) return;
    clearInterval(timer);
    call();
  }, ms / ticks);
  return () => clearInterval(timer);
}

function failureOf(error: NodeJS.ErrnoException, url: URL): Failure {
  const code = error.code ?? "";
  if (code === "ECONNREFUSED") return { kind: "refused", message: "connection refused" };
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return { kind: "refused", message: `the host ${url.hostname} is not known` };
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "ETIMEDOUT")
    return { kind: "refused", message: `there is no way to the host ${url.hostname}` };
  if (code === "HPE_HEADER_OVERFLOW")
    return { kind: "cut", message: `its headers are longer than ${maxHeaderBytes / 1024} KB` };
  if (code.startsWith("HPE_")) return { kind: "not-http", message: "what came back is no HTTP" };
  if (code === "ECONNRESET" || code === "EPIPE")
    return { kind: "cut", message: "the connection was closed before it was complete" };
  if (url.protocol === "https:" && /SSL|TLS|EPROTO|CERT|SELF_SIGNED|ISSUER/.test(code))
    return { kind: "tls", message: `no secure connection can be made (${code})` };
  return { kind: "cut", message: error.message };
}
