/** The exchange as arrows: time, mark, lane, and what stood in the messages. */
import { dim, hung, inked, line, type Line, type Sheet, type Span } from "../style.ts";
import { cut, learners, widthOf } from "../../report/text.ts";
import { formFor } from "../../report/time.ts";
import type { Row } from "../../report/wire.ts";

const timeWidth = 10;
/** Where arrows begin: time, blank, mark, blank. */
const indent = timeWidth + 3;
const laneWidth = 31;
/** How a promise settled is told on so many lines at most. */
const settleLines = 2;
const gap = "   ";
const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** How much is said beside the arrows. */
export interface Manner {
  /** "bytes": bodies as they are, for what a server says. "told": in a few words, for what a client makes of it. */
  readonly notes: "bytes" | "told";
  /** Bodies of requests too. */
  readonly asks: boolean;
}

/** The rows of an exchange, drawn. */
export function drawExchange(rows: readonly Row[], manner: Manner, sheet: Sheet): Line[] {
  const last = rows.reduce((ms, row) => ("atMs" in row ? Math.max(ms, row.atMs) : ms), 0);
  const time = formFor(last);
  const lane = Math.min(laneWidth, sheet.width - indent);
  const lines: Line[] = [];
  let askedAt = "";
  for (const row of rows) {
    const at = "atMs" in row ? time(row.atMs) : "";
    // An answer at the instant of its request has no time of its own: an exchange takes none on the virtual clock.
    const saysTime = (row.is !== "response" && row.is !== "lost") || at !== askedAt;
    if ("atMs" in row) askedAt = at;
    const left = head(saysTime ? at : "", isMarked(row), sheet);
    lines.push(...drawRow(row, left, lane, manner, sheet));
  }
  return lines;
}

function drawRow(row: Row, left: Line, lane: number, manner: Manner, sheet: Sheet): Line[] {
  switch (row.is) {
    case "request":
      return drawRequest(row, left, lane, manner, sheet);
    case "response":
      return drawResponse(row, left, lane, manner, sheet);
    case "header":
      return drawHeader(row.text, left, lane, sheet);
    case "lost":
    case "settle": {
      const text = cut(sheet.say(row.text), settleLines * (sheet.width - indent), sheet.glyphs.dots);
      return hung(left, text, sheet.width, row.marked ? "fail" : "plain");
    }
    case "thinned": {
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
  manner: Manner,
  sheet: Sheet,
): Line[] {
  const { dash, right, dots } = sheet.glyphs;
  const text = cut(brief(row.text, dots), lane - 4, dots);
  const arrow = `${dash.repeat(Math.max(1, lane - widthOf(text) - 2))}${right}`;
  const note = manner.asks && row.body !== null ? noteOf(row.body, lane, sheet) : [];
  return [line(...left, inked(row.marked ? "fail" : "plain", text), ` ${arrow}`, ...note)];
}

function drawResponse(
  row: Extract<Row, { is: "response" }>,
  left: Line,
  lane: number,
  manner: Manner,
  sheet: Sheet,
): Line[] {
  const { dash, left: tip, dots } = sheet.glyphs;
  const code = String(row.status);
  // One short of the lane: the tip of a request's arrow stands past the text of an answer.
  const reason = cut(row.reason === "" ? "" : ` ${row.reason}`, lane - code.length - 4, dots);
  const arrow = `${tip}${dash.repeat(Math.max(1, lane - 3 - code.length - widthOf(reason)))} `;
  const ink = row.marked === "status" ? "fail" : "bold";
  const status = [inked(ink, code), inked(row.marked === "status" ? "fail" : "plain", reason)];
  const said = manner.notes === "bytes" ? row.body : row.told;
  const to = row.to === null ? "" : `to ${row.to}: `;
  const wrong = row.marked === "body";
  const note = to + said === "" ? [] : noteOf(to + said, lane, sheet, wrong);
  const main = line(...left, arrow, ...status, ...(note.length > 0 ? [" ", ...note] : []));
  if (!wrong || note.length > 0) return [main];
  // Too narrow for notes: the body that is at fault is shown all the same.
  return [main, ...hung(line(" ".repeat(indent)), learners(row.body, dots), sheet.width, "fail")];
}

function drawHeader(text: string, left: Line, lane: number, sheet: Sheet): Line[] {
  const room = roomForNotes(lane, sheet) > 0;
  const pad = room ? " ".repeat(lane) + gap : "";
  return hung(line(...left, pad), text, sheet.width, "fail");
}

function head(time: string, marked: boolean, sheet: Sheet): Line {
  const mark = marked ? inked("fail", sheet.glyphs.fail) : " ";
  return line(dim(time.padStart(timeWidth)), " ", mark, " ");
}

function noteOf(text: string, lane: number, sheet: Sheet, wrong = false): Span[] {
  const room = roomForNotes(lane, sheet);
  if (room <= 0) return [];
  const { dots } = sheet.glyphs;
  const whole = brief(learners(text, dots), dots);
  const words = cut(widthOf(whole) > room ? withoutId(whole, dots) : whole, room, dots);
  return [inked("plain", gap), inked(wrong ? "fail" : "plain", words)];
}

/** Notes are the first to go where the terminal is narrow. */
function roomForNotes(lane: number, sheet: Sheet): number {
  return sheet.wide ? sheet.width - indent - lane - gap.length : 0;
}

/** A UUID by its first eight digits: that tells two of them apart. */
function brief(text: string, dots: string): string {
  return text.replace(uuid, `$1${dots}`);
}

/** Where a body is too long, what comes after its UUID says more: `{… "status":"processing"}`, as in the lessons. */
function withoutId(text: string, dots: string): string {
  return text.replace(/^\{\s*"id":\s*"([0-9a-f]{8})([^"]*)",\s*/i, (all, _id, rest) =>
    rest === dots ? `{${dots} ` : all,
  );
}

function isMarked(row: Row): boolean {
  if (row.is === "header") return true;
  if (row.is === "response") return row.marked === "status" || row.marked === "body";
  return row.is !== "thinned" && row.marked;
}
