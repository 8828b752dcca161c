/** What stood in messages, and what else happened, in a few words. The learner's bytes are escaped. */
import type { ErrorRecord, Event, Failure, HttpResponse } from "../contract/model/recording.ts";
import { learners } from "./text.ts";

/** Path and query of a URL; of one that leads elsewhere, or is none, the whole. */
export function pathOf(url: string, failure: Failure | null): string {
  if (failure?.kind === "foreign" || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const losses: Readonly<Record<Failure["kind"], string>> = {
  never: "no answer ever came",
  timeout: "no answer ever came",
  cut: "no answer: the connection broke",
  // A client that gives up, as it should at its deadline, has not met a broken connection.
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
  return losses[failure?.kind ?? "never"];
}

/** A header line as it was sent, or the word that there is none. */
export function headerWords(response: HttpResponse, name: string): string {
  const values = response.headers.flatMap(([key, value]) => (key === name ? [value] : []));
  if (values.length === 0) return `no ${name}`;
  return values.map((value) => `${name}: ${learners(value)}`).join(", ");
}

/** An event other than an exchange in words; null for what is not drawn. */
export function settleWords(event: Exclude<Event, { readonly is: "exchange" }>): string | null {
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

/** What an answer says of its job, with the headers that steer a client. */
export function tell(response: HttpResponse): string {
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

/** Bodies beyond this are not looked into, characters. */
const readable = 1_000_000;

function parsed(body: string): Record<string, unknown> | null {
  if (body.length > readable) return null;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // Not JSON: it is shown as it is.
  }
}

function parsedCount(result: unknown): number | null {
  if (typeof result !== "object" || result === null || !("totalBooks" in result)) return null;
  const { totalBooks } = result;
  if (typeof totalBooks !== "object" || totalBooks === null || !("count" in totalBooks)) return null;
  return typeof totalBooks.count === "number" ? totalBooks.count : null;
}
