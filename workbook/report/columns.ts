/**
 * Text in the columns of a terminal: measured, padded, cut and wrapped. A CJK character or an emoji takes two columns, a
 * combining accent none. All offsets are into the string (UTF-16), all widths are columns.
 */
import stringWidth from "string-width";

/**
 * ASCII, Latin letters and the signs of our own screens take one column each. Knowing that spares most screens the first
 * call of string-width, whose regular expressions take 30 ms to compile.
 */
const oneColumnEach = /^[ -~\u00a1-\u00ac\u00ae-\u02ff‐-‧←-⇿─-▟▶▸◀◇○✓✗]*$/;

/** How many columns a text takes. It holds no control characters: `escaped` (text.ts) shows them as letters. */
export function widthOf(text: string): number {
  return oneColumnEach.test(text) ? text.length : stringWidth(text);
}

/** `padEnd` in columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** At most `width` columns; dots stand for what is cut off. */
export function cut(text: string, width: number, dots = "…"): string {
  if (fitting(text, 0, width) === text.length) return text;
  const kept = text.slice(0, fitting(text, 0, width - dots.length));
  // What ends in dots already needs no more of them.
  return `${kept.endsWith(dots) ? kept.slice(0, -dots.length) : kept}${dots}`.slice(0, Math.max(0, width));
}

/** Lines of at most `width` columns, broken at spaces; a word too long for a line is broken anywhere. Never empty. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph.trimEnd(), width));
}

function wrapParagraph(text: string, width: number): string[] {
  const lines: string[] = [];
  let from = 0;
  for (;;) {
    const end = rowEnd(text, from, width);
    if (end === text.length) return [...lines, text.slice(from)];
    const space = text.slice(from, end + 1).lastIndexOf(" ");
    const at = space > 0 ? from + space : end;
    lines.push(text.slice(from, at).trimEnd());
    from = space > 0 ? at + 1 : at;
  }
}

/** Where a row that begins at `from` ends: as far as fits, and at least one character further, however narrow the row. */
export function rowEnd(text: string, from: number, width: number): number {
  if (from >= text.length) return text.length;
  const first = (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1;
  return Math.max(from + first, fitting(text, from, width));
}

/** The end of what fits into `width` columns from `from` on. Takes time by the width, not by the length of the text. */
function fitting(text: string, from: number, width: number): number {
  if (width <= 0) return from;
  if (oneColumnEach.test(text.slice(from, from + width + 1))) return Math.min(from + width, text.length);
  const window = text.slice(from, from + width * unitsAColumn);
  let end = from;
  let left = width;
  for (const { segment, index } of graphemes().segment(window)) {
    const next = index + segment.length;
    // The last character may go on behind the window.
    if (index > 0 && next === window.length && from + next < text.length) break;
    left -= widthOf(segment);
    if (left < 0) break;
    end = from + next;
  }
  return end;
}

/** How far to look for what fits: a letter with accents on it has several UTF-16 units, and takes one column. */
const unitsAColumn = 8;

let segmenter: Intl.Segmenter | undefined;

/** Cuts a text into the characters that a reader sees. Made when first needed, as that takes some ms. */
function graphemes(): Intl.Segmenter {
  return (segmenter ??= new Intl.Segmenter());
}
