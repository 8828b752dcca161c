/** Messages and other events in a few words. The learner's text is escaped. */
import type { ErrorRecord, Event, Failure, HttpResponse } from "../contract/model/recording.ts";
import { learners } from "./text.ts";

/** A URL's path and query; all of it if it leads to another host, or can't be parsed. */
export function pathOf(url: string, failure: Failure | null): string {
  if (failure?.kind === "foreign" || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const lossWords: Readonly<Record<Failure["kind"], string>> = {
  never: "no answer ever came",
  timeout: "no answer ever came",
  cut: "no answer: the connection broke",
  // A client that gives up at its deadline does what it should: its connection did not break.
  left: "no answer: the client left",
  refused: "no answer: nobody listens there",
  "not-http": "no answer: the connection broke",
  tls: "no answer: the connection broke",
  foreign: "not sent: another host",
  ended: "no answer: the process ended",
  threw: "no answer: fetch threw",
};

/** Why no answer came. */
export function lostWords(failure: Failure | null): string {
  return lossWords[failure?.kind ?? "never"];
}

/** "retry-after: 7" as it was sent, or "no retry-after". @param name in lower case */
export function headerWords(response: HttpResponse, name: string): string {
  const values = response.headers.flatMap(([key, value]) => (key === name ? [value] : []));
  if (values.length === 0) return `no ${name}`;
  return values.map((value) => `${name}: ${learners(value)}`).join(", ");
}

/** Any event but an exchange; null if it isn't drawn. */
export function eventWords(event: Exclude<Event, { readonly is: "exchange" }>): string | null {
  switch (event.is) {
    case "resolved":
      return `the promise resolved: ${event.json === null ? event.type : learners(event.json)}`;
    case "rejected":
      return `the promise rejected: ${errorWords(event.error)}`;
    case "stalled":
      return "the promise is pending, and nothing is left that could settle it";
    case "stopped":
      return event.why === "requests" ? "stopped: 200 requests were sent" : "stopped: the time of the run was over";
    case "aborted":
      return "the caller aborted the signal";
    case "probe":
      return `measured, ${event.name}: ${learners(String(event.value))}`;
    case "unhandled":
      return `nothing caught ${errorWords(event.error)}`;
    case "started":
      return "the process was started";
    case "killed":
      return `the grader sent ${event.signal}`;
    case "exited":
      return event.code === null ? "the process was ended by a signal" : `the process ended with code ${event.code}`;
    case "ended":
      return `the process ended: ${learners(event.problem.message)}`;
    case "printed":
      return null;
  }
}

function errorWords({ isError, name, message: whole }: ErrorRecord): string {
  const message = whole.replace(/\s*[\r\n]\s*/g, " ");
  if (!isError) return `${learners(message)} (no Error)`;
  return message === "" ? learners(name) : `${learners(name)}: ${learners(message)}`;
}

/** What a response says about its job, with the headers that steer a client: "processing, retry-after: 7". */
export function gistOf(response: HttpResponse): string {
  const header = (name: string) => response.headers.find(([key]) => key === name)?.[1];
  const location = header("location");
  const retryAfter = header("retry-after");
  return [
    ...(location === undefined ? [stateWords(response)] : [`location: ${learners(location)}`]),
    ...(retryAfter === undefined ? [] : [`retry-after: ${learners(retryAfter)}`]),
  ]
    .filter((words) => words !== "")
    .join(", ");
}

function stateWords({ body }: HttpResponse): string {
  const json = parsed(body);
  if (json === null || typeof json["status"] !== "string") return learners(body).trim();
  const state = learners(json["status"]);
  if (typeof json["error"] === "string") return `${state}: ${learners(json["error"])}`;
  const count = parsedCount(json["result"]);
  return count === null ? state : `${state}, ${count} books`;
}

/** Longer bodies are not parsed, in UTF-16 units. */
const parsedAtMost = 1_000_000;

function parsed(body: string): Record<string, unknown> | null {
  if (body.length > parsedAtMost) return null;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // Not JSON: the body is shown as it is.
  }
}

function parsedCount(result: unknown): number | null {
  if (typeof result !== "object" || result === null || !("totalBooks" in result)) return null;
  const { totalBooks } = result;
  if (typeof totalBooks !== "object" || totalBooks === null || !("count" in totalBooks)) return null;
  return typeof totalBooks.count === "number" ? totalBooks.count : null;
}
