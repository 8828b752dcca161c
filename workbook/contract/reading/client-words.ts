/** Short phrases for what a client did. */
import { clip } from "./clip.ts";
import type { Reading, Sent } from "./client.ts";
import type { ErrorRecord } from "../model/recording.ts";

/** "8.6 s"; below 100 ms "7 ms", so that nothing shows as 0.0 s. */
export function seconds(ms: number): string {
  return ms > 0 && ms < 100 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** "GET /reports/r-41". */
export function named({ exchange }: Sent): string {
  const { pathname, search } = new URL(exchange.request.url);
  return `${exchange.request.method} ${clip(pathname + search, 40)}`;
}

/** "GET /reports/r-41 at 2.6 s". */
export function sentAt(sent: Sent): string {
  return `${named(sent)} at ${seconds(sent.sentMs)}`;
}

/** What became of the promise: "resolved at 2.4 s", "rejected at 0.8 s with TypeError: fetch failed". */
export function ending(reading: Reading): string {
  const { settled } = reading;
  if (settled?.is === "resolved") return `it resolved at ${seconds(settled.atMs)}`;
  if (settled?.is === "rejected") return `it rejected at ${seconds(settled.atMs)} with ${thrown(settled.error)}`;
  const requests = reading.sent.length === 1 ? "1 request" : `${reading.sent.length} requests`;
  const after = reading.sent.length === 0 ? "" : ` after ${requests}`;
  if (reading.stalled) return `it stays pending${after}, with nothing left that could end it`;
  return `it had not settled after ${seconds(reading.lastedMs)} and ${requests}`;
}

/** The value that it resolved to, as JSON; its type where it has none. */
export function resolvedTo(json: string | null, type: string): string {
  return json === null ? type : clip(json, 60);
}

/** "TypeError: fetch failed"; any other value as text in quotes. Without the scripted server's origin. */
export function thrown(error: ErrorRecord): string {
  const message = error.message.replace(/https?:\/\/127\.0\.0\.1:\d+/g, "");
  return clip(error.isError ? `${error.name}: ${message}` : JSON.stringify(message), 60);
}
