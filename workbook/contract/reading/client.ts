/** Reads a client's recording: its requests in order of time, and how its promise settled. */
import { headerOf } from "../http/headers.ts";
import { fieldOf, objectIn } from "../http/json.ts";
import type { Evidence, Mark, Outcome } from "../model/clause.ts";
import type { ErrorRecord, Exchange, Recording } from "../model/recording.ts";
import { answerMs } from "../scenarios/script.ts";

/** A request of the client, with its place among the recording's events. */
export interface Sent {
  readonly exchange: Exchange;
  readonly event: number;
  readonly sentMs: number;
  /** When the answer's last byte arrived, or the connection was cut, ms; null when neither happened. */
  readonly doneMs: number | null;
}

/** How and when the promise settled. */
export type Settled = { readonly event: number; readonly atMs: number } & (
  | { readonly is: "resolved"; readonly type: string; readonly json: string | null }
  | { readonly is: "rejected"; readonly error: ErrorRecord }
);

/** One call of `runReport`, as checks see it. */
export interface Reading {
  readonly scenario: string;
  /** In the order in which they arrived, without HEAD and OPTIONS. */
  readonly sent: readonly Sent[];
  readonly posts: readonly Sent[];
  /** All that are not POST. */
  readonly polls: readonly Sent[];
  /** Those sent before the promise settled. One sent in the same ms counts as after. */
  readonly before: readonly Sent[];
  readonly after: readonly Sent[];
  readonly settled: Settled | null;
  /** The promise was pending and nothing was left that could settle it. */
  readonly stalled: boolean;
  /** When the client's signal was aborted, ms. */
  readonly abortedMs: number | null;
  /** How many things kept the process alive after the promise had settled; null when that was not measured. */
  readonly timers: number | null;
  /** The client's process ended, or the scenario was not played: what is missing may have had no chance to happen. */
  readonly ended: boolean;
  readonly lastedMs: number;
}

export function readingOf(evidence: Evidence, scenario: string): Reading {
  const recording = evidence.recording(scenario);
  const events = recording?.events ?? [];
  const sent = requestsOf(events);
  const settled = settledIn(events);
  const settledMs = settled?.atMs ?? Infinity;
  const aborted = events.find((event) => event.is === "aborted");
  const timers = events.findLast((event) => event.is === "probe" && event.name === "timers");
  return {
    scenario,
    sent,
    posts: sent.filter((one) => one.exchange.label === "post"),
    polls: sent.filter((one) => one.exchange.label !== "post"),
    before: sent.filter((one) => one.sentMs < settledMs),
    after: sent.filter((one) => one.sentMs >= settledMs),
    settled,
    stalled: events.some((event) => event.is === "stalled"),
    abortedMs: aborted?.atMs ?? null,
    timers: timers?.is === "probe" && typeof timers.value === "number" ? timers.value : null,
    ended: !recording || events.some((event) => event.is === "ended"),
    lastedMs: recording?.lastedMs ?? 0,
  };
}

function requestsOf(events: Recording["events"]): Sent[] {
  const sent: Sent[] = [];
  events.forEach((event, index) => {
    if (event.is !== "exchange" || event.exchange.label === "other") return;
    const { exchange } = event;
    const cutMs = isCutOff(exchange) ? exchange.sentMs + answerMs : null;
    sent.push({ exchange, event: index, sentMs: exchange.sentMs, doneMs: exchange.doneMs ?? cutMs });
  });
  return sent.sort((a, b) => a.sentMs - b.sentMs);
}

/** The connection ended before the answer was there, whichever side closed it. */
export function isCutOff({ failure }: Exchange): boolean {
  return failure?.kind === "cut" || failure?.kind === "left";
}

function settledIn(events: Recording["events"]): Settled | null {
  const index = events.findIndex((event) => event.is === "resolved" || event.is === "rejected");
  const event = events[index];
  if (event?.is === "resolved" || event?.is === "rejected") return { ...event, event: index };
  return null;
}

/** The POSTs that went to /reports. */
export function orders(reading: Reading): readonly Sent[] {
  return reading.posts.filter((one) => new URL(one.exchange.request.url).pathname === "/reports");
}

/** Exactly one POST, and to /reports. */
export function ordersOnce(reading: Reading): boolean {
  return reading.posts.length === 1 && orders(reading).length === 1;
}

/** Where the first 202's Location leads, resolved against the POST's URL; null when there is none. */
export function statusUrl(reading: Reading): URL | null {
  for (const { exchange } of reading.posts) {
    const location = exchange.response && headerOf(exchange.response, "location");
    if (location) return new URL(location, exchange.request.url);
  }
  return null;
}

/** The first poll that did not go where Location leads. Only path and query count, not the host. */
export function strayPoll(reading: Reading): Sent | undefined {
  const status = statusUrl(reading);
  if (!status) return undefined;
  return reading.polls.find(({ exchange }) => {
    const asked = new URL(exchange.request.url);
    return asked.pathname !== status.pathname || asked.search !== status.search;
  });
}

/** An error and its causes, outermost first. */
export function chain(error: ErrorRecord): ErrorRecord[] {
  const errors: ErrorRecord[] = [];
  for (let one: ErrorRecord | null = error; one && errors.length < 20; one = one.cause) errors.push(one);
  return errors;
}

/** The promise was rejected because a URL could not be parsed. */
export function hasInvalidUrl(reading: Reading): boolean {
  return reading.settled?.is === "rejected" && chain(reading.settled.error).some((error) => error.isInvalidUrl);
}

/** The answer's `status` word; undefined when there is no JSON object with one. */
export function statusOf(sent: Sent): unknown {
  return fieldOf(objectIn(sent.exchange.response), "status");
}

/** A header of the answer; null when there is none. */
export function answerHeader(sent: Sent, name: string): string | null {
  const { response } = sent.exchange;
  return response && headerOf(response, name);
}

/** A mark on a request, or on how the promise settled. */
export function markOf(reading: Reading, place: Sent | Settled | null | undefined): Mark {
  if (!place) return { scenario: reading.scenario, event: null, on: "settle" };
  return { scenario: reading.scenario, event: place.event, on: "exchange" in place ? "request" : "settle" };
}

/** For something that is not in the recording: `missing` if the client's process ended, else `otherwise`. */
export function absent(reading: Reading, otherwise: Outcome): Outcome {
  return reading.ended ? { is: "missing", scenario: reading.scenario } : otherwise;
}

/** `missing` if the promise never settled because the client's process ended, else `otherwise`. */
export function unsettled(reading: Reading, otherwise: Outcome): Outcome {
  return reading.settled ? otherwise : absent(reading, otherwise);
}

/** How much too early is tolerated, ms. */
export function slackMs(evidence: Evidence): number {
  return evidence.world.clock === "virtual" ? 1 : 50;
}
