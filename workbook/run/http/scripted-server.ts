/** The scripted server that a program is run against: on a real port of loopback, on the real clock. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Event, Exchange, HttpRequest } from "../../contract/model/recording.ts";
import type { Script } from "../../contract/model/script.ts";
import { halfOf, headersToSend, noRequests, outcomeOf, replyTo, type Reply } from "../../contract/scenarios/script.ts";
import { headerPairs } from "../raw-headers.ts";

export interface ScriptedServer {
  readonly origin: string;
  /** Records nothing from now on: what isn't answered by now was never answered. */
  leave(): void;
  /** Closes the port and its connections. */
  close(): void;
}

export interface ScriptedServerOptions {
  readonly script: Script;
  /** ms since the scenario's start. */
  readonly now: () => number;
  /** Each exchange is added when its request arrives, and replaced when it is answered. */
  readonly events: Event[];
  /** Called at each request. @param isLast at the last one that a run may have */
  readonly onRequest: (isLast: boolean) => void;
}

type Outcome = Pick<Exchange, "response" | "failure">;

const unanswered: Outcome = { response: null, failure: { kind: "never", message: "no answer was sent" } };
const clientLeft: Outcome = { response: null, failure: { kind: "left", message: "the client went away" } };

/** Listens on a free port. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const { script, now, events, onRequest } = options;
  let origin = "";
  let counts = noRequests;
  let isOver = false;
  const server = http.createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => take(incoming, outgoing, Buffer.concat(chunks).toString()));
    // A client that leaves while it still sends its request has sent none.
    incoming.on("error", () => {});
  });

  function take(incoming: http.IncomingMessage, outgoing: http.ServerResponse, body: string): void {
    if (isOver) return;
    const request: HttpRequest = {
      method: incoming.method ?? "GET",
      url: origin + pathOf(incoming.url ?? "/"),
      headers: headerPairs(incoming.rawHeaders),
      body: body === "" ? null : body,
    };
    const sentMs = now();
    const reply = replyTo(script, counts, request, { ms: sentMs, epochMs: Date.now(), origin });
    counts = reply.counts;
    const record = recorder({ label: reply.label, request, sentMs });
    onRequest(reply.isLast);
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) record(clientLeft);
    });
    if (reply.afterMs !== null) setTimeout(() => send(reply, outgoing, record), reply.afterMs);
  }

  /** Adds an exchange without an answer. @returns records its outcome; only the first one counts */
  function recorder(request: Pick<Exchange, "label" | "request" | "sentMs">): (outcome: Outcome) => void {
    const event: Event = { is: "exchange", exchange: { ...request, ...unanswered, doneMs: null, slow: false } };
    events.push(event);
    return (outcome) => {
      const index = events.indexOf(event);
      if (index < 0 || isOver) return;
      const doneMs = outcome.failure === null ? now() : null;
      events[index] = { is: "exchange", exchange: { ...request, ...outcome, doneMs, slow: false } };
    };
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    leave: () => {
      isOver = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Path and query of a request target, also where it is a whole URL (to a proxy) or "*". */
function pathOf(target: string): string {
  const whole = /^https?:\/\/[^/?#]*/i.exec(target);
  const path = whole ? target.slice(whole[0].length) : target;
  return path.startsWith("/") ? path : `/${path}`;
}

function send(reply: Reply, outgoing: http.ServerResponse, record: (outcome: Outcome) => void): void {
  if (outgoing.destroyed) return;
  const { response, cut } = reply;
  // Recorded before it is sent: from then on the client may have it, however late this process gets to record it.
  record(outcomeOf(reply));
  if (cut === "before") return reset(outgoing);
  outgoing.writeHead(response.status, headersToSend(response, Buffer.byteLength(response.body)).flat());
  if (cut === "body") outgoing.write(halfOf(response.body), () => reset(outgoing));
  else outgoing.end(response.body);
}

function reset(outgoing: http.ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}
