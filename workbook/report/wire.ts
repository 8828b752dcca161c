/** An exchange as rows, up to the place that a verdict points at. Each reporter draws them its own way. */
import type { Mark } from "../contract/model/clause.ts";
import type { Event, Exchange, Recording } from "../contract/model/recording.ts";
import { statusText } from "../contract/http/status-text.ts";
import { learners } from "./text.ts";
import { headerWords, lostWords, pathOf, eventWords, gistOf } from "./wire-words.ts";

export interface RequestRow {
  readonly is: "request";
  readonly atMs: number;
  /** "GET /reports/r-41", escaped. */
  readonly text: string;
  readonly body: string | null;
  readonly marked: boolean;
}

export interface ResponseRow {
  readonly is: "response";
  readonly atMs: number;
  readonly status: number;
  readonly reason: string;
  readonly body: string;
  /** What it says about the job: "processing, retry-after: 7". */
  readonly gist: string;
  /** Its request, if another row stands between the two; else null. */
  readonly to: string | null;
  readonly marked: "no" | "status" | "body" | "header";
}

export type Row =
  | RequestRow
  | ResponseRow
  /** No response came. */
  | { readonly is: "lost"; readonly atMs: number; readonly text: string; readonly marked: boolean }
  /** Follows a response: the header that the verdict points at, or that it is missing. */
  | { readonly is: "header"; readonly text: string }
  /** The client's promise settled, something was measured, or the process or the recording ended. */
  | { readonly is: "event"; readonly atMs: number; readonly text: string; readonly marked: boolean }
  /** This many exchanges are left out. */
  | { readonly is: "omitted"; readonly count: number; readonly alike: boolean };

type Timed = Exclude<Row, { readonly is: "header" | "omitted" }>;

/** A row with its place in time. Rows of the same instant keep the order of the events. */
interface Placed {
  readonly row: Timed;
  readonly atMs: number;
  readonly event: number;
  readonly header: string | null;
}

/** An exchange that begins within this time after the marked response helps to explain it, in ms. */
const afterwardsMs = 1000;

/**
 * The rows of a recording, at most `limit` of them.
 * @param mark ends the rows at the marked one, or after the exchange that follows a marked response; null: all rows
 */
export function wireRows(recording: Recording, mark: Mark | null, limit = 16): Row[] {
  const placed = recording.events
    .flatMap((event, index) => place(event, index, mark?.event === index ? mark.on : null))
    .sort((a, b) => a.atMs - b.atMs || a.event - b.event);
  const shown = mark ? upTo(placed, mark, recording.lastedMs) : placed;
  return shorten(omitEqualPolls(withPartners(shown)), limit);
}

function place(event: Event, index: number, on: Mark["on"] | null): Placed[] {
  if (event.is === "exchange")
    return isAside(event.exchange) && on === null ? [] : placeExchange(event.exchange, index, on);
  const text = eventWords(event);
  if (text === null || (event.is === "probe" && on === null)) return [];
  const row = { is: "event", atMs: event.atMs, text, marked: on !== null } as const;
  return [{ row, atMs: event.atMs, event: isEnd(event) ? Infinity : index, header: null }];
}

/** Requests on the real clock that no clause is about: warming up, and waiting until the server is idle. */
function isAside({ label }: Exchange): boolean {
  return label === "warm-up.post" || label === "rest";
}

/** These come last, even if an event with a later time was recorded, such as a request without a response. */
function isEnd({ is }: Event): boolean {
  return is === "stalled" || is === "stopped" || is === "ended";
}

function placeExchange(exchange: Exchange, event: number, on: Mark["on"] | null): Placed[] {
  const { request, response, failure, sentMs } = exchange;
  const atMs = exchange.doneMs ?? sentMs;
  const text = `${learners(request.method)} ${learners(pathOf(request.url, failure))}`;
  const atRequest = on === "request" || on === "settle";
  const sent = { is: "request", atMs: sentMs, text, body: request.body, marked: atRequest } as const;
  const first: Placed = { row: sent, atMs: sentMs, event, header: null };
  if (!response) {
    const lost = { is: "lost", atMs, text: lostWords(failure), marked: on !== null && !atRequest } as const;
    return [first, { row: lost, atMs, event, header: null }];
  }
  const header = on?.startsWith("header:") ? headerWords(response, on.slice("header:".length)) : null;
  const answered: ResponseRow = {
    is: "response",
    atMs,
    status: response.status,
    reason: statusText(response.status),
    body: response.body,
    gist: failure?.kind === "threw" ? `fetch threw: ${learners(failure.message)}` : gistOf(response),
    to: null,
    marked: header !== null ? "header" : on === "status" || on === "body" ? on : "no",
  };
  return [first, { row: answered, atMs, event, header }];
}

function upTo(placed: readonly Placed[], mark: Mark, lastedMs: number): Placed[] {
  if (mark.event === null) {
    const end = placed.at(-1);
    if (end?.event === Infinity && end.row.is === "event")
      return [...placed.slice(0, -1), { ...end, row: { ...end.row, marked: true } }];
    const row = { is: "event", atMs: lastedMs, text: "the end; nothing more came", marked: true } as const;
    return [...placed, { row, atMs: lastedMs, event: placed.length, header: null }];
  }
  const at = placed.findLastIndex((each) => isMarked(each.row));
  if (at < 0) return [...placed];
  const end = placed[at];
  const [ask, answer] = placed.slice(at + 1, at + 3);
  const soon = ask?.row.is === "request" && end?.row.is === "response" && ask.atMs - end.atMs <= afterwardsMs;
  return placed.slice(0, at + 1 + (!soon ? 0 : answer?.event === ask.event ? 2 : 1));
}

function isMarked(row: Timed): boolean {
  return row.is === "response" ? row.marked !== "no" : row.marked;
}

/** Whether a row itself bears the mark. A response with a marked header doesn't: the header's own row does. */
export function isMarkedRow(row: Row): boolean {
  if (row.is === "header") return true;
  if (row.is === "response") return row.marked === "status" || row.marked === "body";
  return row.is !== "omitted" && row.marked;
}

/** Adds the header rows, and names the request of a response that does not follow it directly. */
function withPartners(placed: readonly Placed[]): Row[] {
  return placed.flatMap((each, index): Row[] => {
    if (each.row.is !== "response") return [each.row];
    const alone = placed[index - 1]?.event !== each.event;
    const ask = placed.find((other) => other.event === each.event && other.row.is === "request");
    const row = { ...each.row, to: alone && ask?.row.is === "request" ? ask.row.text : null };
    return each.header === null ? [row] : [row, { is: "header", text: each.header }];
  });
}

/** Leaves out equal polls in a row, but for the first and the last. */
function omitEqualPolls(rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  let index = 0;
  while (index < rows.length) {
    const key = pairKey(rows, index);
    const end = key === null ? index + 1 : endOfRun(rows, index, key);
    const count = (end - index) / 2;
    if (count < 4) kept.push(...rows.slice(index, end));
    else {
      const alike = { is: "omitted", count: count - 2, alike: true } as const;
      kept.push(...rows.slice(index, index + 2), alike, ...rows.slice(end - 2, end));
    }
    index = end;
  }
  return kept;
}

function endOfRun(rows: readonly Row[], start: number, key: string): number {
  let end = start + 2;
  while (pairKey(rows, end) === key) end += 2;
  return end;
}

/** Equal for equal polls; null unless an unmarked request and its response begin at `index`. */
function pairKey(rows: readonly Row[], index: number): string | null {
  const [ask, answer] = [rows[index], rows[index + 1]];
  if (ask?.is !== "request" || answer?.is !== "response" || ask.marked || answer.marked !== "no") return null;
  return answer.to === null ? `${ask.text} ${answer.status} ${answer.gist}` : null;
}

/** Keeps the end, and the first exchange if there is room; a count stands for the rest. */
function shorten(rows: readonly Row[], limit: number): Row[] {
  if (rows.length <= limit) return [...rows];
  const first = limit < 8 ? 0 : 2;
  const tail = rows.length - (limit - first - 1);
  const left = rows.slice(first, tail);
  const count = left.reduce((sum, row) => sum + (row.is === "request" ? 1 : row.is === "omitted" ? row.count : 0), 0);
  return [...rows.slice(0, first), { is: "omitted", count: Math.max(1, count), alike: false }, ...rows.slice(tail)];
}
