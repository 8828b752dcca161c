/**
 * The scripted server of a client scenario as a pure function: what each request gets, and when. The servers that listen
 * (on the virtual clock, on a real port) only do what it says, so that both answer alike.
 */
import type { Exchange, Failure, HeaderPair, HttpRequest, HttpResponse } from "../model/recording.ts";
import type { Arrival, Count, Script } from "../model/script.ts";

/** How long an answer takes unless the script says otherwise, ms. */
export const answerMs = 800;

/** The run is stopped at this many requests. */
export const mostRequests = 200;

/** Requests so far. */
export interface Counts extends Count {
  /** All of them, HEAD and OPTIONS included. */
  readonly requests: number;
}

export const noRequests: Counts = { requests: 0, posts: 0, gets: 0 };

/** What the server does with one request. */
export interface Reply {
  /** How the recording labels the exchange; `other` is HEAD and OPTIONS. */
  readonly label: "post" | "get" | "other";
  /** To be passed in with the next request. */
  readonly counts: Counts;
  /** This was the last request: the run is stopped here. */
  readonly isLast: boolean;
  /** From the request's arrival to the answer, ms; null: no answer ever comes. */
  readonly afterMs: number | null;
  /** From the request's arrival until the client's signal is aborted, ms; null: this request aborts nothing. */
  readonly abortAfterMs: number | null;
  /** The whole answer, header names as the script spells them. */
  readonly response: HttpResponse;
  /** The connection is reset: instead of the answer, or after half of its body. */
  readonly cut: "before" | "body" | null;
}

/**
 * Works out what a request gets. HEAD (200) and OPTIONS (204) are answered at once and do not move the script on.
 * @param before the counts of the last reply; `noRequests` for the first request
 */
export function replyTo(script: Script, before: Counts, request: HttpRequest, at: Arrival): Reply {
  const label = labelOf(request.method);
  const counts = {
    requests: before.requests + 1,
    posts: before.posts + (label === "post" ? 1 : 0),
    gets: before.gets + (label === "get" ? 1 : 0),
  };
  const isLast = counts.requests >= mostRequests;
  const empty: HttpResponse = { status: request.method === "OPTIONS" ? 204 : 200, headers: [], body: "" };
  const base = { label, counts, isLast, abortAfterMs: null, cut: null } as const;
  if (isLast) return { ...base, afterMs: null, response: empty };
  if (label === "other") return { ...base, afterMs: 0, response: empty };
  const answer = script.answer(request, { posts: counts.posts, gets: counts.gets }, at);
  const { status, headers, body, never, delayMs = answerMs, abortAfterMs = null, cut = null } = answer;
  return { ...base, afterMs: never ? null : delayMs, abortAfterMs, response: { status, headers, body }, cut };
}

function labelOf(method: string): Reply["label"] {
  if (method === "HEAD" || method === "OPTIONS") return "other";
  return method === "POST" ? "post" : "get";
}

/** What the recording says of an answer that was sent, or cut: half of the body if it was cut there, header names in lower case. */
export function outcomeOf({ response, cut }: Reply): Pick<Exchange, "response" | "failure"> {
  const { status, body } = response;
  const headers = response.headers.map(([name, value]): HeaderPair => [name.toLowerCase(), value]);
  if (cut === null) return { response: { status, headers, body }, failure: null };
  return { response: cut === "before" ? null : { status, headers, body: halfOf(body) }, failure: cutByScript };
}

/** The part of a body that is sent before the connection is cut. */
export function halfOf(body: string): string {
  return body.slice(0, Math.floor(body.length / 2));
}

const cutByScript: Failure = { kind: "cut", message: "The grader cut the connection, as the scenario wants it." };

/**
 * The header lines to send: with a Content-Length, unless the script sets the body's framing itself, or the status has no
 * body (204; RFC 9110, section 8.6).
 * @param bytes length of the whole body
 */
export function headersToSend({ status, headers }: HttpResponse, bytes: number): readonly HeaderPair[] {
  const isFramed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  return isFramed || status === 204 ? headers : [...headers, ["content-length", String(bytes)]];
}
