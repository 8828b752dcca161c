/** Header lines of a message, read. */
import type { HeaderPair } from "../model/recording.ts";

/** Anything that has header lines. */
type Headed = { readonly headers: readonly HeaderPair[] };

/** The values of all lines of this header, in order. `name` in lower case. */
export function headerLines(message: Headed, name: string): string[] {
  return message.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** The header's value, repeated lines joined by ", " (RFC 9110, 5.3); null when there is none. */
export function headerOf(message: Headed, name: string): string | null {
  const lines = headerLines(message, name);
  return lines.length === 0 ? null : lines.join(", ");
}

/** `application/json` or a type that ends in `+json`, in any case, parameters ignored. */
export function isJsonType(contentType: string | null | undefined): boolean {
  return /^\s*(application\/json|[^\s;,/]+\/[^\s;,/]+\+json)\s*(;|$)/i.test(contentType ?? "");
}
