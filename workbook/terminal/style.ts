/** The terminal's 16 colours and its marks. A line is a row of spans; colour is put on last, so that text never depends on it. */
import { ascii, cut, widthOf, wrap } from "../report/text.ts";
import type { Size } from "./size.ts";

export type Ink = "plain" | "dim" | "bold" | "fail" | "pass" | "advice";

export interface Span {
  readonly text: string;
  readonly ink: Ink;
}

export type Line = readonly Span[];

/** Red and bold means one thing: a clause is broken. */
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
  /** The line that it is about, and the step under work. */
  readonly here: string;
  readonly now: string;
  readonly bar: string;
  readonly dash: string;
  readonly right: string;
  readonly left: string;
  readonly dots: string;
}

const drawn: Glyphs = {
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
const typed: Glyphs = {
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

/** What a screen needs to know of the terminal. */
export interface Sheet {
  /** Of the text between the margins. */
  readonly width: number;
  /** Of code, which is easier to read unbroken: it may use all of a wide terminal. */
  readonly codeWidth: number;
  readonly rows: number;
  /** False: the right-hand notes go. */
  readonly wide: boolean;
  /** True: marks and ids only. */
  readonly tiny: boolean;
  readonly glyphs: Glyphs;
  /** Our own words in the letters that the terminal has. */
  say(words: string): string;
}

const margin = "  ";
const widest = 76;

/** The sheet that a terminal of this size offers. */
export function sheetFor(size: Size): Sheet {
  const codeWidth = Math.max(8, size.columns - 2 * margin.length);
  return {
    width: Math.min(widest, codeWidth),
    codeWidth,
    rows: size.rows,
    wide: size.columns >= 80,
    tiny: size.columns < 50,
    glyphs: size.unicode ? drawn : typed,
    say: size.unicode ? (words) => words : ascii,
  };
}

/** One span; spans and texts can be mixed in `line`. */
export function inked(ink: Ink, text: string): Span {
  return { text, ink };
}

export const dim = (text: string) => inked("dim", text);
export const bold = (text: string) => inked("bold", text);

/** A line of spans; plain texts count as spans. */
export function line(...parts: readonly (Span | string)[]): Line {
  return parts.filter((part) => part !== "").map((part) => (typeof part === "string" ? inked("plain", part) : part));
}

export const blank: Line = [];

/** All of a line in one ink, such as the verdicts of an earlier run in grey. */
export function all(ink: Ink, of: Line): Line {
  return of.map((span) => ({ ...span, ink }));
}

/** Characters in a line. */
export function lengthOf(of: Line): number {
  return of.reduce((sum, span) => sum + widthOf(span.text), 0);
}

/** Left and right on one line; the right-hand note goes where both do not fit. */
export function apart(left: Line, right: Line, width: number): Line {
  const gap = width - lengthOf(left) - lengthOf(right);
  return gap >= 2 && lengthOf(right) > 0 ? [...left, inked("plain", " ".repeat(gap)), ...right] : left;
}

/** A text, wrapped, behind a head that only its first line has; the others are indented by the head's width. */
export function hung(head: Line, text: string, width: number, ink: Ink = "plain"): Line[] {
  const indent = lengthOf(head);
  return wrap(text, Math.max(8, width - indent)).map((row, index) =>
    index === 0 ? [...head, inked(ink, row)] : line(" ".repeat(indent), inked(ink, row)),
  );
}

/** Wrapped text without a head. */
export function paragraph(text: string, width: number, ink: Ink = "plain"): Line[] {
  return wrap(text, width).map((row) => line(inked(ink, row)));
}

/** The screen's text: margins, no line longer than the terminal, colour if there is any. */
export function paint(lines: readonly Line[], size: Size): string {
  const { dots } = size.unicode ? drawn : typed;
  return lines
    .map((each) => trimmed(lengthOf(each) === 0 ? [] : fitted(withMargin(each), size.columns, dots)))
    .map((each) => each.map((span) => coloured(span, size.colour)).join(""))
    .join("\n");
}

/** A line that begins with a sign in the margin keeps it there. */
function withMargin(of: Line): Line {
  return of[0]?.text === marginSign ? of : [inked("plain", margin), ...of];
}

/** Put first, it stands in the margin: the line that up and down have moved to. */
export const marginSign = "> ";

function fitted(of: Line, columns: number, dots: string): Line {
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

function trimmed(of: Line): Line {
  const last = of.at(-1);
  if (!last) return of;
  const text = last.text.trimEnd();
  return text === "" ? trimmed(of.slice(0, -1)) : [...of.slice(0, -1), { ...last, text }];
}

function coloured({ ink, text }: Span, colour: boolean): string {
  if (!colour || codes[ink] === "" || text.trim() === "") return text;
  return `\x1b[${codes[ink]}m${text}\x1b[0m`;
}
