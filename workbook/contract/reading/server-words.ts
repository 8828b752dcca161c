/** Short phrases for what a server answered. */
import { clip } from "./clip.ts";
import { statusText } from "../http/status-text.ts";
import type { Exchange } from "../model/recording.ts";

/** "404 Not Found". */
export function statusLine(status: number): string {
  const reason = statusText(status);
  return reason ? `${status} ${reason}` : String(status);
}

/** What came back: "404 Not Found", or why nothing did. */
export function answered({ response, failure }: Exchange): string {
  if (failure?.kind === "threw") return `500, as ${clip(failure.message, 60)}`;
  if (response) return statusLine(response.status);
  if (failure?.kind === "never") return "no answer: nothing was left that could give one";
  return `no answer: ${clip(failure?.message ?? "none came", 60)}`;
}

/** "5.0 s"; below 100 ms "7 ms"; long times "23 h 50 min". */
export function seconds(ms: number): string {
  if (ms >= 3_600_000) return hours(ms);
  return ms > 0 && ms < 100 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function hours(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A JSON value on one line, at most `length` characters; "nothing" for what is absent. */
export function shown(value: unknown, length = 40): string {
  return value === undefined ? "nothing" : clip(JSON.stringify(value), length);
}

/** `status "done"`, or "no status" where the field is absent. */
export function field(name: string, value: unknown, length = 40): string {
  return value === undefined ? `no ${name}` : `${name} ${shown(value, length)}`;
}

/** The body as it came, on one line. */
export function bodyText(body: string, length = 50): string {
  return body.trim() === "" ? "an empty body" : `the body ${clip(body, length)}`;
}
