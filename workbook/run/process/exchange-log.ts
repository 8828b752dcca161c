/**
 * Logs each HTTP exchange that this process makes: a line for the request and one for the answer. It listens on Node's
 * diagnostics channels, so it sees fetch, undici and node:http (axios, got) without replacing them.
 */
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import { statusText } from "../../contract/http/status-text.ts";

/** What undici, and so fetch, publishes; only what is used here. */
interface UndiciMessage {
  readonly request: {
    readonly method: string;
    readonly origin: string;
    readonly path: string;
    readonly body?: unknown;
  };
  readonly response?: { readonly statusCode: number; readonly headers: readonly Buffer[] };
  readonly error?: Error;
}

interface HttpMessage {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly error: Error;
}

/** @param startMs a performance.now(); the times in the lines count from it */
export function exchangeLog(startMs: number, say: (line: string) => void): void {
  const line = (text: string) => say(`  ${((performance.now() - startMs) / 1000).toFixed(2).padStart(6)} s  ${text}`);
  const asked = (method: string, url: string) => line(`${method} ${url}`);
  const answered = (status: number, location: string | undefined, retryAfter: string | undefined) => {
    const headers = Object.entries({ location, "retry-after": retryAfter }).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${value}`],
    );
    line([`    ${status} ${statusText(status)}`.trimEnd(), ...headers].join("   "));
  };
  const broke = (error: Error) => line(`    no answer: ${error.message || error.name}`);

  subscribe("undici:request:create", (message) => {
    const { request } = message as UndiciMessage;
    asked(request.method, request.origin + request.path);
  });
  subscribe("undici:request:headers", (message) => {
    const { response } = message as UndiciMessage;
    if (response)
      answered(
        response.statusCode,
        rawHeader(response.headers, "location"),
        rawHeader(response.headers, "retry-after"),
      );
  });
  subscribe("undici:request:error", (message) => {
    const { error } = message as UndiciMessage;
    if (error) broke(error);
  });
  subscribe("http.client.request.start", (message) => {
    const { request } = message as HttpMessage;
    asked(request.method, `${request.protocol}//${String(request.getHeader("host"))}${request.path}`);
  });
  subscribe("http.client.response.finish", (message) => {
    const { response } = message as HttpMessage;
    answered(response.statusCode ?? 0, response.headers.location, response.headers["retry-after"]);
  });
  subscribe("http.client.request.error", (message) => broke((message as HttpMessage).error));
}

/** @param headers as undici has them: name, value, name, value … */
function rawHeader(headers: readonly Buffer[], name: string): string | undefined {
  const index = headers.findIndex((header, i) => i % 2 === 0 && header.toString("latin1").toLowerCase() === name);
  return index === -1 ? undefined : headers[index + 1]?.toString("latin1");
}
