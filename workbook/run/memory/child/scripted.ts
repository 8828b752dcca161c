/** The scripted server that a client is called against: node:http on a port in memory, with exactly the given headers. */
import http from "node:http";
import type { Exchange, Failure, HeaderPair, HttpRequest, HttpResponse } from "../../../contract/model/recording.ts";
import type { Answer, Script } from "../../../contract/model/script.ts";
import { machine } from "./machine.ts";
import type { Play } from "./play.ts";

/** Requests after which a run is stopped. */
const most = 200;
/** ms from a request to its answer. */
const usualDelayMs = 800;

export interface Scripted {
  readonly origin: string;
  /** No request is answered or recorded any more; those under way are recorded as never answered. */
  leave(): void;
}

export interface ScriptedOptions {
  readonly script: Script;
  readonly port: number;
  /** The script wants the client's signal aborted now. */
  abort(): void;
  /** There were 200 requests. */
  tooMany(): void;
}

interface Pending {
  readonly label: string;
  readonly request: HttpRequest;
  readonly sentMs: number;
  readonly began: number;
}

export function startScripted(play: Play, { script, port, abort, tooMany }: ScriptedOptions): Scripted {
  const origin = `http://127.0.0.1:${port}`;
  const pending = new Set<Pending>();
  const alarms = new Set<() => void>();
  let [over, requests, posts, gets] = [false, 0, 0, 0];

  function record(of: Pending, response: HttpResponse | null, failure: Failure | null): void {
    if (!pending.delete(of)) return;
    const { label, request, sentMs, began } = of;
    const doneMs = failure === null ? play.now() : null;
    const exchange: Exchange = {
      label,
      request,
      response,
      failure,
      sentMs,
      doneMs,
      slow: machine.guard.spentMs() - began > 2000,
    };
    play.emit({ is: "exchange", exchange });
  }

  function after(ms: number, act: () => void): void {
    if (ms <= 0) return act();
    const cancel = machine.clock.alarm(play.now() + ms, () => {
      alarms.delete(cancel);
      act();
    });
    alarms.add(cancel);
  }

  function arrived(incoming: http.IncomingMessage, outgoing: http.ServerResponse, body: string): void {
    if (over) return;
    requests++;
    const method = incoming.method ?? "GET";
    const other = method === "HEAD" || method === "OPTIONS";
    const request: HttpRequest = {
      method,
      url: /^https?:/.test(incoming.url ?? "") ? (incoming.url ?? "") : origin + incoming.url,
      headers: pairs(incoming.rawHeaders),
      body: body === "" ? null : body,
    };
    const label = other ? "other" : method === "POST" ? "post" : "get";
    const exchange: Pending = { label, request, sentMs: play.now(), began: machine.guard.spentMs() };
    pending.add(exchange);
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) record(exchange, null, { kind: "left", message: "The client went away." });
    });
    if (requests >= most) return tooMany();
    if (other) return reply(exchange, outgoing, { status: method === "HEAD" ? 200 : 204, headers: [], body: "" });
    if (method === "POST") posts++;
    else gets++;
    const at = { ms: play.now(), epochMs: machine.clock.epochMs(), origin };
    const answer = script.answer(request, { posts, gets }, at);
    if (answer.abortAfterMs !== undefined) after(answer.abortAfterMs, abort);
    if (answer.never) return;
    after(answer.delayMs ?? usualDelayMs, () => reply(exchange, outgoing, answer));
  }

  function reply(exchange: Pending, outgoing: http.ServerResponse, answer: Answer): void {
    if (outgoing.destroyed || over) return;
    const { status, headers, body, cut } = answer;
    const failure: Failure = { kind: "cut", message: "The grader cut the connection, as the scenario wants it." };
    if (cut === "before") {
      record(exchange, null, failure);
      return reset(outgoing);
    }
    outgoing.sendDate = false;
    const bytes = Buffer.from(body);
    const sent =
      headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name)) || status === 204
        ? headers
        : [...headers, ["content-length", String(bytes.length)] as const];
    const response = { status, headers: headers.map(([name, value]): HeaderPair => [name.toLowerCase(), value]), body };
    outgoing.writeHead(status, sent.flat());
    // Recorded before it leaves: bytes in memory take no time, and the client must not seem to settle before its answer.
    if (cut === "body") {
      const half = Math.floor(bytes.length / 2);
      record(exchange, { ...response, body: bytes.subarray(0, half).toString() }, failure);
      outgoing.write(bytes.subarray(0, half), () => reset(outgoing));
      return;
    }
    record(exchange, response, null);
    outgoing.end(bytes);
  }

  const server = http.createServer(
    { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 },
    (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => arrived(incoming, outgoing, Buffer.concat(chunks).toString()));
      // The client may go away in the middle of its request; then there is none.
      incoming.on("error", () => {});
    },
  );
  server.timeout = 0;
  machine.net.serve(port, server);

  const end = () => leave({ kind: "ended", message: "The client's process ended before the answer came." });
  play.closers.add(end);
  function leave(failure: Failure): void {
    if (over) return;
    play.closers.delete(end);
    for (const cancel of alarms) cancel();
    for (const exchange of pending) record(exchange, null, failure);
    over = true;
    machine.net.leave(port);
  }
  return { origin, leave: () => leave({ kind: "never", message: "No answer came before the end." }) };
}

function reset(outgoing: http.ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}

/** Header lines as they came, names in lower case. */
function pairs(raw: readonly string[]): HeaderPair[] {
  const found: HeaderPair[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) found.push([(raw[i] ?? "").toLowerCase(), raw[i + 1] ?? ""]);
  return found;
}
