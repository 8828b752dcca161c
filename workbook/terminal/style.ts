/** Lines of text in colour. A line is a row of spans; colours are applied last, so the text is the same without them. */
import { cut, widthOf, wrap } from "../report/columns.ts";
import { ascii } from "../report/text.ts";
import type { Size } from "./size.ts";

export type Ink = "plain" | "dim" | "bold" | "fail" | "pass" | "advice";

export interface Span {
  readonly text: string;
  readonly ink: Ink;
}

export type Line = readonly Span[];

/** The SGR codes, from the terminal's own 16 colours. Only what fails is red and bold. */
const codes: Readonly<Record<Ink, string>> = {
  plain: "",
  dim: "2",
  bold: "1",
  fail: "1;31",
  pass: "32",
  advice: "33",
};

export interface Glyphs {
  readonly pass: string;
  readonly fail: string;
  readonly idle: string;
  readonly advice: string;
  /** Points at a line of code. */
  readonly here: string;
  /** Points at the current step. */
  readonly now: string;
  readonly bar: string;
  readonly dash: string;
  readonly right: string;
  readonly left: string;
  readonly dots: string;
}

const unicodeGlyphs: Glyphs = {
  pass: "✓",
  fail: "✗",
  idle: "○",
  advice: "◇",
  here: "▶",
  now: "▸",
  bar: "│",
  dash: "─",
  right: "▶",
  left: "◀",
  dots: "…",
};

const asciiGlyphs: Glyphs = {
  pass: "+",
  fail: "x",
  idle: "-",
  advice: "!",
  here: ">",
  now: ">",
  bar: "|",
  dash: "-",
  right: ">",
  left: "<",
  dots: "...",
};

/** The room on a terminal, and what it can display. Widths are in columns. */
export interface Sheet {
  /** The width of text, between the margins. */
  readonly width: number;
  /** The width of code. It may use all of a wide terminal, as code is easier to read unbroken. */
  readonly codeWidth: number;
  readonly rows: number;
  /** False: there is no room for notes on the right. */
  readonly wide: boolean;
  /** True: there is only room for marks and ids. */
  readonly tiny: boolean;
  readonly glyphs: Glyphs;
  /** Our own words; their signs are replaced by ASCII if the terminal has no UTF-8. */
  printable(words: string): string;
}

const margin = "  ";
const widest = 76;

/** The sheet of a terminal of this size. */
export function sheetFor(size: Size): Sheet {
  const codeWidth = Math.max(8, size.columns - 2 * margin.length);
  return {
    width: Math.min(widest, codeWidth),
    codeWidth,
    rows: size.rows,
    wide: size.columns >= 80,
    tiny: size.columns < 50,
    glyphs: size.unicode ? unicodeGlyphs : asciiGlyphs,
    printable: size.unicode ? (words) => words : ascii,
  };
}

/** One span. */
export function inked(ink: Ink, text: string): Span {
  return { text, ink };
}

export const dim = (text: string) => inked("dim", text);
export const bold = (text: string) => inked("bold", text);

/** A line of spans and plain texts. */
export function line(...parts: readonly (Span | string)[]): Line {
  return parts.filter((part) => part !== "").map((part) => (typeof part === "string" ? inked("plain", part) : part));
}

export const blank: Line = [];

/** A line with all of its spans in one ink, such as an old verdict in grey. */
export function inkAll(ink: Ink, of: Line): Line {
  return of.map((span) => ({ ...span, ink }));
}

/** The width of a line, in columns. */
export function lengthOf(of: Line): number {
  return of.reduce((sum, span) => sum + widthOf(span.text), 0);
}

/** A text on the left and a note on the right of one line. The note is left out if both don't fit. */
export function leftAndRight(left: Line, right: Line, width: number): Line {
  const gap = width - lengthOf(left) - lengthOf(right);
  return gap >= 2 && lengthOf(right) > 0 ? [...left, inked("plain", " ".repeat(gap)), ...right] : left;
}

/** Wraps a text behind a head. Its further lines are indented by the head's width. */
export function hangingIndent(head: Line, text: string, width: number, ink: Ink = "plain"): Line[] {
  const indent = lengthOf(head);
  return wrap(text, Math.max(8, width - indent)).map((row, index) =>
    index === 0 ? [...head, inked(ink, row)] : line(" ".repeat(indent), inked(ink, row)),
  );
}

/** Wraps a text. */
export function paragraph(text: string, width: number, ink: Ink = "plain"): Line[] {
  return wrap(text, width).map((row) => line(inked(ink, row)));
}

/** The screen as text: with margins and colours, its lines cut to the terminal's width. */
export function paint(lines: readonly Line[], size: Size): string {
  const { dots } = size.unicode ? unicodeGlyphs : asciiGlyphs;
  return lines
    .map((each) => trimmedEnd(lengthOf(each) === 0 ? [] : cutToWidth(withMargin(each), size.columns, dots)))
    .map((each) => each.map((span) => coloured(span, size.colour)).join(""))
    .join("\n");
}

/** Puts the margin before a line, unless the cursor's sign is there. */
function withMargin(of: Line): Line {
  return of[0]?.text === cursorSign ? of : [inked("plain", margin), ...of];
}

/** As a line's first span it takes the margin: it marks the line that up and down have moved to. */
export const cursorSign = "> ";

function cutToWidth(of: Line, columns: number, dots: string): Line {
  if (lengthOf(of) <= columns) return of;
  let room = columns;
  const kept: Span[] = [];
  for (const span of of) {
    const width = widthOf(span.text);
    if (width > room || (width === room && span !== of.at(-1)))
      return [...kept, { ...span, text: cut(span.text + dots, room, dots) }];
    kept.push(span);
    room -= width;
  }
  return kept;
}

function trimmedEnd(of: Line): Line {
  const last = of.at(-1);
  if (!last) return of;
  const text = last.text.trimEnd();
  return text === "" ? trimmedEnd(of.slice(0, -1)) : [...of.slice(0, -1), { ...last, text }];
}

function coloured({ ink, text }: Span, colour: boolean): string {
  if (!colour || codes[ink] === "" || text.trim() === "") return text;
  return `\x1b[${codes[ink]}m${text}\x1b[0m`;
}
