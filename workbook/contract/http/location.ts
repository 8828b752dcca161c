/** Where a Location header leads, and its variations with another id. */
import type { Exchange } from "../model/recording.ts";
import type { World } from "../model/world.ts";
import { headerOf } from "./headers.ts";

/** A URI-reference: its characters, whole percent-encodings, at most one fragment (RFC 3986, appendix A). */
const reference =
  /^(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/;

/**
 * The Location of an answer, resolved against the request's URL, without its fragment (RFC 9110, section 10.2.2).
 * @returns null when there is none, or it is empty or not a URI-reference
 */
export function locationOf({ request, response }: Exchange): URL | null {
  const header = response && headerOf(response, "location");
  if (!header || !reference.test(header)) return null;
  try {
    const url = new URL(header, request.url);
    url.hash = "";
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Where a 301, 302, 307 or 308 redirects a GET to. A 303 is not followed: it is an answer of its own. */
export function redirectOf(exchange: Exchange): URL | null {
  return [301, 302, 307, 308].includes(exchange.response?.status ?? 0) ? locationOf(exchange) : null;
}

/**
 * The absolute URLs to try for a location, in order. In a file run only path and query count. For a running server its
 * own origin and loopback are used as given; for any other host the server's own origin is tried instead.
 */
export function addressesOf(url: URL, world: World): string[] {
  const own = world.origin + url.pathname + url.search;
  if (world.clock === "virtual" || url.origin === world.origin || !isLoopback(url.hostname)) return [own];
  return [url.href, own];
}

/** True for this machine's own addresses. `hostname` as in URL: IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** True if a path segment or a query value, percent-decoded once, is the id. */
export function holdsId(url: URL, id: string): boolean {
  return pieces(url).some(({ text }) => decoded(text) === id);
}

/** Path and query with the id replaced by another; null when the id is not there. */
export function withOtherId(url: URL, id: string, other: string): string | null {
  const all = url.pathname + url.search;
  const whole = pieces(url).find(({ text }) => decoded(text) === id);
  if (whole) return splice(all, whole.at, whole.text.length, encodeURIComponent(other));
  for (const spelling of [encoded(id), id]) {
    const at = spelling ? all.indexOf(spelling) : -1;
    if (spelling && at >= 0) return splice(all, at, spelling.length, encodeURIComponent(other));
  }
  return null;
}

/** Path and query with the longest run of letters and digits changed, in the last segment or else in the query. */
export function withOtherRun(url: URL, change: (run: string) => string): string | null {
  const all = url.pathname + url.search;
  const lastAt = url.pathname.replace(/\/+$/, "").lastIndexOf("/") + 1;
  for (const [from, text] of [
    [lastAt, url.pathname.slice(lastAt)],
    [url.pathname.length, url.search],
  ] as const) {
    const longest = longestRun(text);
    if (longest) return splice(all, from + longest.index, longest[0].length, change(longest[0]));
  }
  return null;
}

/**
 * Path and query with a change in the one part in which two jobs' locations differ: its longest run of letters and
 * digits. Null when not exactly one part differs.
 */
export function withOtherPart(url: URL, twin: URL, change: (run: string) => string): string | null {
  const [mine, theirs] = [pieces(url), pieces(twin)];
  const differing = mine.filter(({ text }, i) => text !== theirs[i]?.text);
  const [part] = differing;
  if (!part || differing.length > 1 || mine.length !== theirs.length) return null;
  const longest = longestRun(part.text);
  if (!longest) return null;
  return splice(url.pathname + url.search, part.at + longest.index, longest[0].length, change(longest[0]));
}

function longestRun(text: string): RegExpExecArray | undefined {
  return [...text.matchAll(/[A-Za-z0-9]+/g)].sort((a, b) => b[0].length - a[0].length)[0];
}

/** An id as a path segment; null when it cannot be encoded (half a surrogate pair). */
export function encoded(id: string): string | null {
  try {
    return encodeURIComponent(id);
  } catch {
    return null;
  }
}

interface Piece {
  readonly text: string;
  /** Index in path and query. */
  readonly at: number;
}

/** The path's segments and the query's values, not decoded. */
function pieces(url: URL): Piece[] {
  const found: Piece[] = [];
  for (const match of url.pathname.matchAll(/[^/]+/g)) found.push({ text: match[0], at: match.index });
  for (const match of url.search.matchAll(/(?<=[?&][^&=]*=)[^&]+/g)) {
    found.push({ text: match[0], at: url.pathname.length + match.index });
  }
  return found;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function splice(text: string, at: number, length: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + length);
}
