/** The scripted server of a client scenario, on a real port of loopback. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Event, Exchange, HttpRequest } from "../../contract/model/recording.ts";
import type { Answer, Script } from "../../contract/model/script.ts";
import { pairs } from "./exchange.ts";

export interface ScriptedServer {
  readonly origin: string;
  close(): void;
}

export interface Serving {
  readonly script: Script;
  /** ms since the scenario's start. */
  readonly now: () => number;
  /** Exchanges are put here when they arrive, and completed in place. */
  readonly events: Event[];
  /** Called for every request that has arrived, with how many there were. */
  readonly onRequest: (requests: number) => void;
}

/** How long an answer takes unless the script says otherwise, ms. */
const answerMs = 800;

/** Listens on a port of its own. */
export async function serveScript(serving: Serving): Promise<ScriptedServer> {
  let origin = "";
  let requests = 0;
  const count = { posts: 0, gets: 0 };
  const server = http.createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => take(incoming, outgoing, Buffer.concat(chunks)));
  });

  function take(incoming: http.IncomingMessage, outgoing: http.ServerResponse, body: Buffer): void {
    const { events, now, script } = serving;
    const sentMs = now();
    const method = incoming.method ?? "GET";
    const counted = method !== "HEAD" && method !== "OPTIONS";
    if (counted) count[method === "POST" ? "posts" : "gets"] += 1;
    const request: HttpRequest = {
      method,
      url: origin + pathOf(incoming.url ?? "/"),
      headers: pairs(incoming.rawHeaders),
      body: body.length > 0 ? body.toString() : null,
    };
    const label = !counted ? "other" : method === "POST" ? "post" : "get";
    const open: Exchange = { label, request, response: null, failure: unanswered, sentMs, doneMs: null, slow: false };
    let event: Event = { is: "exchange", exchange: open };
    events.push(event);
    serving.onRequest(++requests);
    const told = (part: Pick<Exchange, "response" | "failure">) => {
      const at = events.indexOf(event);
      event = { is: "exchange", exchange: { ...open, ...part, doneMs: part.response ? now() : null } };
      if (at >= 0) events[at] = event;
    };
    if (!counted) outgoing.writeHead(method === "HEAD" ? 200 : 204).end();
    else reply(script.answer(request, { ...count }, { ms: sentMs, epochMs: Date.now(), origin }), outgoing, told);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const unanswered = { kind: "never", message: "no answer was sent" } as const;

/** Path and query of a request target, also where it is a whole URL (to a proxy) or "*". */
function pathOf(target: string): string {
  const whole = /^https?:\/\/[^/?#]*/i.exec(target);
  const path = whole ? target.slice(whole[0].length) : target;
  return path.startsWith("/") ? path : `/${path}`;
}

function reply(
  answer: Answer,
  outgoing: http.ServerResponse,
  told: (part: Pick<Exchange, "response" | "failure">) => void,
): void {
  if (answer.never) return;
  const { status, headers, body } = answer;
  setTimeout(() => {
    if (answer.cut === "before") {
      outgoing.socket?.resetAndDestroy();
      return told({ response: null, failure: { kind: "cut", message: "the script cut the connection" } });
    }
    const length = ["content-length", String(Buffer.byteLength(body))];
    outgoing.writeHead(status, [...headers.flat(), ...length]);
    if (answer.cut === "body") {
      outgoing.write(body.slice(0, Math.ceil(body.length / 2)), () => outgoing.socket?.resetAndDestroy());
      return told({ response: null, failure: { kind: "cut", message: "the script cut the body" } });
    }
    // Noted before it is sent: from then on the client may have it, however late this process comes to note it.
    told({ response: { status, headers, body }, failure: null });
    outgoing.end(body);
  }, answer.delayMs ?? answerMs);
}
