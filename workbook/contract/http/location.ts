/** Where a Location header leads. Pure; see the six steps of accept.location. */
import type { Exchange } from "../model/recording.ts";
import type { World } from "../model/world.ts";
import { headerOf } from "./headers.ts";

/** The characters of a URI-reference, percent-encodings complete, at most one fragment (RFC 3986, appendix A). */
const reference =
  /^(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/;

/**
 * The Location of an answer, resolved against the request's URL, without its fragment (RFC 9110, 10.2.2).
 * @returns null when there is none, it is empty, or it is no URI-reference
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

/** Where an answer redirects a GET to: 301, 302, 307 and 308 are followed, a 303 is an answer of its own. */
export function redirectOf(exchange: Exchange): URL | null {
  return [301, 302, 307, 308].includes(exchange.response?.status ?? 0) ? locationOf(exchange) : null;
}

/**
 * The absolute URLs to try for a location, in order. In a file run only path and query count. Of a running server its
 * own origin and loopback are taken as given; what names another host is looked for on the server's own origin.
 */
export function addressesOf(url: URL, world: World): string[] {
  const own = world.origin + url.pathname + url.search;
  if (world.clock === "virtual" || url.origin === world.origin || !isLoopback(url.hostname)) return [own];
  return [url.href, own];
}

/** A name or address of this machine itself. `hostname` as URL gives it, IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A path segment or a query value, percent-decoded once, is the id. */
export function holdsId(url: URL, id: string): boolean {
  return pieces(url).some(({ text }) => decoded(text) === id);
}

/** The path and query with the id, wherever it stands, replaced; null when the id is not there. */
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

/** The path and query with the longest run of letters and digits of the last segment, or else of the query, replaced. */
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
 * The path and query with the part in which two jobs' locations differ changed, there the longest run of letters and
 * digits; null when it is not one part that differs.
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

/** An id as a path segment; null when it cannot be one (half a surrogate pair). */
export function encoded(id: string): string | null {
  try {
    return encodeURIComponent(id);
  } catch {
    return null;
  }
}

interface Piece {
  readonly text: string;
  /** Where it begins in path and query. */
  readonly at: number;
}

/** The segments of the path and the values of the query, as they are spelt. */
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
