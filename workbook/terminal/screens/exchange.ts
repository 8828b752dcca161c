/** An exchange as arrows: time, mark, arrow, and a note about the message. */
import { dim, hangingIndent, inked, line, type Line, type Sheet, type Span } from "../style.ts";
import { cut, widthOf } from "../../report/columns.ts";
import { learners } from "../../report/text.ts";
import { formFor } from "../../report/time.ts";
import { isMarkedRow, type Row } from "../../report/wire.ts";

const timeWidth = 10;
/** Where the arrows begin: behind time, blank, mark, blank. */
const indent = timeWidth + 3;
const laneWidth = 31;
/** Most lines for an event that is no message. */
const eventLines = 2;
const gap = "   ";
const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** What is drawn beside the arrows. */
export interface ExchangeDetail {
  /** Of responses: their bodies, to judge a server by; or the gist of them, to follow a client. */
  readonly notes: "bodies" | "gist";
  /** Show the bodies of requests too. */
  readonly requestBodies: boolean;
}

/** Draws the rows of an exchange. */
export function drawExchange(rows: readonly Row[], detail: ExchangeDetail, sheet: Sheet): Line[] {
  const last = rows.reduce((ms, row) => ("atMs" in row ? Math.max(ms, row.atMs) : ms), 0);
  const time = formFor(last);
  const lane = Math.min(laneWidth, sheet.width - indent);
  const lines: Line[] = [];
  let lastAt = "";
  for (const row of rows) {
    const at = "atMs" in row ? time(row.atMs) : "";
    // A response at the same time as its request shows no time: on the virtual clock an exchange takes none.
    const showsTime = (row.is !== "response" && row.is !== "lost") || at !== lastAt;
    if ("atMs" in row) lastAt = at;
    const left = head(showsTime ? at : "", isMarkedRow(row), sheet);
    lines.push(...drawRow(row, left, lane, detail, sheet));
  }
  return lines;
}

function drawRow(row: Row, left: Line, lane: number, detail: ExchangeDetail, sheet: Sheet): Line[] {
  switch (row.is) {
    case "request":
      return drawRequest(row, left, lane, detail, sheet);
    case "response":
      return drawResponse(row, left, lane, detail, sheet);
    case "header":
      return drawHeader(row.text, left, lane, sheet);
    case "lost":
    case "event": {
      const text = cut(sheet.printable(row.text), eventLines * (sheet.width - indent), sheet.glyphs.dots);
      return hangingIndent(left, text, sheet.width, row.marked ? "fail" : "plain");
    }
    case "omitted": {
      const words = row.alike
        ? `${row.count} more alike`
        : `${row.count} ${row.count === 1 ? "exchange" : "exchanges"} left out`;
      return [line(...left, dim(`${sheet.glyphs.dots} ${words}`))];
    }
  }
}

function drawRequest(
  row: Extract<Row, { is: "request" }>,
  left: Line,
  lane: number,
  detail: ExchangeDetail,
  sheet: Sheet,
): Line[] {
  const { dash, right, dots } = sheet.glyphs;
  const text = cut(withShortIds(row.text, dots), lane - 4, dots);
  const arrow = `${dash.repeat(Math.max(1, lane - widthOf(text) - 2))}${right}`;
  const note = detail.requestBodies && row.body !== null ? noteOf(row.body, lane, sheet) : [];
  return [line(...left, inked(row.marked ? "fail" : "plain", text), ` ${arrow}`, ...note)];
}

function drawResponse(
  row: Extract<Row, { is: "response" }>,
  left: Line,
  lane: number,
  detail: ExchangeDetail,
  sheet: Sheet,
): Line[] {
  const { dash, left: tip, dots } = sheet.glyphs;
  const code = String(row.status);
  // Ends one column before a request's arrow, so that the arrow's tip stands out.
  const reason = cut(row.reason === "" ? "" : ` ${row.reason}`, lane - code.length - 4, dots);
  const arrow = `${tip}${dash.repeat(Math.max(1, lane - 3 - code.length - widthOf(reason)))} `;
  const ink = row.marked === "status" ? "fail" : "bold";
  const status = [inked(ink, code), inked(row.marked === "status" ? "fail" : "plain", reason)];
  const to = row.to === null ? "" : `to ${row.to}: `;
  const text = to + (detail.notes === "bodies" ? row.body : row.gist);
  const wrong = row.marked === "body";
  const note = text === "" ? [] : noteOf(text, lane, sheet, wrong);
  const main = line(...left, arrow, ...status, ...(note.length > 0 ? [" ", ...note] : []));
  if (!wrong || note.length > 0) return [main];
  // There is no room for notes, but a body at fault is shown anyway.
  return [main, ...hangingIndent(line(" ".repeat(indent)), learners(row.body, dots), sheet.width, "fail")];
}

function drawHeader(text: string, left: Line, lane: number, sheet: Sheet): Line[] {
  const room = roomForNotes(lane, sheet) > 0;
  const pad = room ? " ".repeat(lane) + gap : "";
  return hangingIndent(line(...left, pad), text, sheet.width, "fail");
}

function head(time: string, marked: boolean, sheet: Sheet): Line {
  const mark = marked ? inked("fail", sheet.glyphs.fail) : " ";
  return line(dim(time.padStart(timeWidth)), " ", mark, " ");
}

function noteOf(text: string, lane: number, sheet: Sheet, wrong = false): Span[] {
  const room = roomForNotes(lane, sheet);
  if (room <= 0) return [];
  const { dots } = sheet.glyphs;
  const whole = withShortIds(learners(text, dots), dots);
  const words = cut(widthOf(whole) > room ? withoutId(whole, dots) : whole, room, dots);
  return [inked("plain", gap), inked(wrong ? "fail" : "plain", words)];
}

/** The columns for notes; 0 on narrow terminals. */
function roomForNotes(lane: number, sheet: Sheet): number {
  return sheet.wide ? sheet.width - indent - lane - gap.length : 0;
}

/** Shortens UUIDs to their first eight digits, enough to tell them apart. */
function withShortIds(text: string, dots: string): string {
  return text.replace(uuid, `$1${dots}`);
}

/** A body without its UUID, so that what follows fits: `{… "status":"processing"}`, as in the lessons. */
function withoutId(text: string, dots: string): string {
  return text.replace(/^\{\s*"id":\s*"([0-9a-f]{8})([^"]*)",\s*/i, (all, _id, rest) =>
    rest === dots ? `{${dots} ` : all,
  );
}
