/** The scripted server that a client is called against: node:http on a port in memory, on the virtual clock. */
import http from "node:http";
import type { Exchange, Failure, HttpRequest } from "../../../contract/model/recording.ts";
import type { Script } from "../../../contract/model/script.ts";
import {
  halfOf,
  headersToSend,
  noRequests,
  outcomeOf,
  replyTo,
  type Reply,
} from "../../../contract/scenarios/script.ts";
import { headerPairs } from "../../raw-headers.ts";
import { machine } from "./machine.ts";
import type { Play } from "./play.ts";

/** Real ms from which on an answer counts as slow. */
const slowMs = 2_000;

export interface ScriptedServer {
  readonly origin: string;
  /** Answers and records no further request; requests in progress are recorded as never answered. */
  leave(): void;
}

export interface ScriptedServerOptions {
  readonly script: Script;
  readonly port: number;
  /** Called when the script wants the client's signal aborted. */
  abort(): void;
  /** Called at the last request that a run may have. */
  tooMany(): void;
}

/** A request that has no answer yet. */
interface Pending extends Pick<Exchange, "label" | "request" | "sentMs"> {
  /** The machine's real time at its arrival, ms. */
  readonly spentMs: number;
}

export function startScriptedServer(play: Play, options: ScriptedServerOptions): ScriptedServer {
  const { script, port, abort, tooMany } = options;
  const origin = `http://127.0.0.1:${port}`;
  const pending = new Set<Pending>();
  const alarms = new Set<() => void>();
  let counts = noRequests;
  let isOver = false;

  function record(which: Pending, { response, failure }: Pick<Exchange, "response" | "failure">): void {
    if (!pending.delete(which)) return;
    const { label, request, sentMs, spentMs } = which;
    const doneMs = failure === null ? play.now() : null;
    const slow = machine.guard.spentMs() - spentMs > slowMs;
    play.emit({ is: "exchange", exchange: { label, request, response, failure, sentMs, doneMs, slow } });
  }

  function after(ms: number, act: () => void): void {
    if (ms <= 0) return act();
    const cancel = machine.clock.alarm(play.now() + ms, () => {
      alarms.delete(cancel);
      act();
    });
    alarms.add(cancel);
  }

  function take(incoming: http.IncomingMessage, outgoing: http.ServerResponse, body: string): void {
    if (isOver) return;
    const target = incoming.url ?? "";
    const request: HttpRequest = {
      method: incoming.method ?? "GET",
      url: /^https?:/.test(target) ? target : origin + target,
      headers: headerPairs(incoming.rawHeaders),
      body: body === "" ? null : body,
    };
    const sentMs = play.now();
    const reply = replyTo(script, counts, request, { ms: sentMs, epochMs: machine.clock.epochMs(), origin });
    counts = reply.counts;
    const exchange: Pending = { label: reply.label, request, sentMs, spentMs: machine.guard.spentMs() };
    pending.add(exchange);
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) record(exchange, { response: null, failure: clientLeft });
    });
    if (reply.isLast) return tooMany();
    if (reply.abortAfterMs !== null) after(reply.abortAfterMs, abort);
    if (reply.afterMs !== null) after(reply.afterMs, () => send(exchange, outgoing, reply));
  }

  function send(exchange: Pending, outgoing: http.ServerResponse, reply: Reply): void {
    if (outgoing.destroyed || isOver) return;
    const { response, cut } = reply;
    // Recorded before it leaves: bytes in memory take no time, and the client must not seem to settle before its answer.
    record(exchange, outcomeOf(reply));
    if (cut === "before") return reset(outgoing);
    outgoing.sendDate = false;
    outgoing.writeHead(response.status, headersToSend(response, Buffer.byteLength(response.body)).flat());
    if (cut === "body") outgoing.write(halfOf(response.body), () => reset(outgoing));
    else outgoing.end(response.body);
  }

  const server = http.createServer(
    { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 },
    (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => take(incoming, outgoing, Buffer.concat(chunks).toString()));
      // A client that leaves while it still sends its request has sent none.
      incoming.on("error", () => {});
    },
  );
  server.timeout = 0;
  machine.net.serve(port, server);

  const end = () => leave({ kind: "ended", message: "The client's process ended before the answer came." });
  play.closers.add(end);
  function leave(failure: Failure): void {
    if (isOver) return;
    play.closers.delete(end);
    for (const cancel of alarms) cancel();
    for (const exchange of pending) record(exchange, { response: null, failure });
    isOver = true;
    machine.net.leave(port);
  }
  return { origin, leave: () => leave({ kind: "never", message: "No answer came before the end." }) };
}

const clientLeft: Failure = { kind: "left", message: "The client went away." };

function reset(outgoing: http.ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}
