/** The reference server on a real port, behind a proxy that counts requests and can cause one kind of trouble. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Socket } from "node:net";
import app from "../../solutions/04-failing/server.ts";

/**
 * What happens to the first request of a method. All other requests reach the server.
 * - a status: the response has that status and `Retry-After: 4`; the server never sees the request
 * - `cut`: the server gets the request, and the connection is reset instead of a response
 * - `silent`: the server gets the request, and no response is ever sent
 */
export interface Trouble {
  readonly method: "GET" | "POST";
  readonly kind: number | "cut" | "silent";
}

/** The Retry-After of such a response, s. Far longer than any client waits by itself, even on a busy machine. */
export const troubleSeconds = 4;

export interface Front {
  readonly origin: string;
  readonly seen: readonly { readonly method: string; readonly atMs: number }[];
  /** URL of a job's status. The first request for it starts the job, so that a slow client also finds it running. */
  readonly statusUrl: string;
  close(): Promise<void>;
}

const latePath = "/reports/late";

/** Listens on a free port of 127.0.0.1. Time is real, and work takes as long as in the solution. */
export async function startFront(trouble?: Trouble): Promise<Front> {
  let late: string | undefined;
  const seen: { method: string; atMs: number }[] = [];
  const server = http.createServer((request, response) => {
    void answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const first = !seen.some((one) => one.method === method);
    seen.push({ method, atMs: performance.now() });
    const body = await textOf(request);
    const hit = first && trouble?.method === method ? trouble.kind : null;
    if (typeof hit === "number") return void response.writeHead(hit, { "Retry-After": troubleSeconds }).end("not now");
    if (url === latePath) late ??= await makeJob();
    const reply = await app.fetch(
      new Request(origin + (url === latePath ? late : url), {
        method,
        headers: { "Content-Type": "application/json" },
        ...(method === "POST" ? { body } : {}),
      }),
    );
    if (hit === "cut") return void (request.socket as Socket).resetAndDestroy();
    if (hit === "silent") return;
    response.writeHead(reply.status, [...reply.headers].flat()).end(await reply.text());
  }

  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    seen,
    statusUrl: origin + latePath,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Requests a report past the proxy. @returns the path of its status */
async function makeJob(): Promise<string> {
  const made = await app.fetch(new Request("http://localhost/reports", { method: "POST", body: "{}" }));
  return made.headers.get("Location") ?? "";
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
