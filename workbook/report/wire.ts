/** What was on the wire, row by row, up to the place that a verdict points at. How a row looks is up to a reporter. */
import type { Mark } from "../contract/model/clause.ts";
import type { Event, Exchange, Recording } from "../contract/model/recording.ts";
import { statusText } from "../contract/http/status-text.ts";
import { learners } from "./text.ts";
import { headerWords, lostWords, pathOf, settleWords, tell } from "./wire-words.ts";

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
  /** What it says of the job, in a few words: "processing, retry-after: 7". */
  readonly told: string;
  /** The request that it answers, where another row stands between them; else null. */
  readonly to: string | null;
  readonly marked: "no" | "status" | "body" | "header";
}

export type Row =
  | RequestRow
  | ResponseRow
  /** No answer. */
  | { readonly is: "lost"; readonly atMs: number; readonly text: string; readonly marked: boolean }
  /** Follows a response: the header line that is marked, or the word that it is missing. */
  | { readonly is: "header"; readonly text: string }
  /** The client's promise settled, a measure was taken, the process ended, the recording ended. */
  | { readonly is: "settle"; readonly atMs: number; readonly text: string; readonly marked: boolean }
  /** Exchanges that are left out. */
  | { readonly is: "thinned"; readonly count: number; readonly alike: boolean };

type Timed = Exclude<Row, { readonly is: "header" | "thinned" }>;

/** A row with its place: rows of one instant keep the order of the events. */
interface Placed {
  readonly row: Timed;
  readonly atMs: number;
  readonly event: number;
  readonly header: string | null;
}

/** From the marked answer on, so much of the next exchange still explains it, ms. */
const afterwardsMs = 1000;

/**
 * The rows of a recording, at most `limit` of them.
 * @param mark the rows end with the marked one (an answer's mark lets the exchange right after it follow); null: all
 */
export function wireRows(recording: Recording, mark: Mark | null, limit = 16): Row[] {
  const placed = recording.events
    .flatMap((event, index) => place(event, index, mark?.event === index ? mark.on : null))
    .sort((a, b) => a.atMs - b.atMs || a.event - b.event);
  const shown = mark ? upTo(placed, mark, recording.lastedMs) : placed;
  return shorten(thin(withPartners(shown)), limit);
}

function place(event: Event, index: number, on: Mark["on"] | null): Placed[] {
  if (event.is === "exchange")
    return event.exchange.aside && on === null ? [] : placeExchange(event.exchange, index, on);
  const text = settleWords(event);
  if (text === null || (event.is === "probe" && on === null)) return [];
  const row = { is: "settle", atMs: event.atMs, text, marked: on !== null } as const;
  return [{ row, atMs: event.atMs, event: isEnd(event) ? Infinity : index, header: null }];
}

/** After these nothing happens any more, whatever was recorded later: an exchange without an answer, say. */
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
    told: failure?.kind === "threw" ? `fetch threw: ${learners(failure.message)}` : tell(response),
    to: null,
    marked: header !== null ? "header" : on === "status" || on === "body" ? on : "no",
  };
  return [first, { row: answered, atMs, event, header }];
}

function upTo(placed: readonly Placed[], mark: Mark, lastedMs: number): Placed[] {
  if (mark.event === null) {
    const end = placed.at(-1);
    if (end?.event === Infinity && end.row.is === "settle")
      return [...placed.slice(0, -1), { ...end, row: { ...end.row, marked: true } }];
    const row = { is: "settle", atMs: lastedMs, text: "the end; nothing more came", marked: true } as const;
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

/** Puts the header rows in, and says which request an answer belongs to where it does not follow it. */
function withPartners(placed: readonly Placed[]): Row[] {
  return placed.flatMap((each, index): Row[] => {
    if (each.row.is !== "response") return [each.row];
    const alone = placed[index - 1]?.event !== each.event;
    const ask = placed.find((other) => other.event === each.event && other.row.is === "request");
    const row = { ...each.row, to: alone && ask?.row.is === "request" ? ask.row.text : null };
    return each.header === null ? [row] : [row, { is: "header", text: each.header }];
  });
}

/** Of a run of equal polls the first and the last stay. */
function thin(rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  let index = 0;
  while (index < rows.length) {
    const key = pairKey(rows, index);
    const end = key === null ? index + 1 : endOfRun(rows, index, key);
    const count = (end - index) / 2;
    if (count < 4) kept.push(...rows.slice(index, end));
    else {
      const alike = { is: "thinned", count: count - 2, alike: true } as const;
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

/** What makes two polls equal; null where no unmarked request with its answer stands. */
function pairKey(rows: readonly Row[], index: number): string | null {
  const [ask, answer] = [rows[index], rows[index + 1]];
  if (ask?.is !== "request" || answer?.is !== "response" || ask.marked || answer.marked !== "no") return null;
  return answer.to === null ? `${ask.text} ${answer.status} ${answer.told}` : null;
}

/** The end stays, and the first exchange where there is room for it; a count stands for the rest. */
function shorten(rows: readonly Row[], limit: number): Row[] {
  if (rows.length <= limit) return [...rows];
  const first = limit < 8 ? 0 : 2;
  const tail = rows.length - (limit - first - 1);
  const left = rows.slice(first, tail);
  const count = left.reduce((sum, row) => sum + (row.is === "request" ? 1 : row.is === "thinned" ? row.count : 0), 0);
  return [...rows.slice(0, first), { is: "thinned", count: Math.max(1, count), alike: false }, ...rows.slice(tail)];
}
