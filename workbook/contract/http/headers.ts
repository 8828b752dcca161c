/** Reads header lines. */
import type { HeaderPair } from "../model/recording.ts";

type Headed = { readonly headers: readonly HeaderPair[] };

/** The values of all lines of this header, in order. `name` in lower case. */
export function headerLines(message: Headed, name: string): string[] {
  return message.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** The header's value, repeated lines joined by ", " (RFC 9110, section 5.3); null when there is none. */
export function headerOf(message: Headed, name: string): string | null {
  const lines = headerLines(message, name);
  return lines.length === 0 ? null : lines.join(", ");
}

/** True for `application/json` and types that end in `+json`, in any case, with or without parameters. */
export function isJsonType(contentType: string | null | undefined): boolean {
  return /^\s*(application\/json|[^\s;,/]+\/[^\s;,/]+\+json)\s*(;|$)/i.test(contentType ?? "");
}
