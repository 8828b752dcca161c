/** Differences between two files, a page at a time. */
import { readableCode, wrapCode } from "../code.ts";
import { blank, dim, inked, line, type Line, type Sheet } from "../style.ts";
import type { DiffPart } from "../view.ts";

/** Rows that are shown together, on one page: a line of code that is too wide for one row. */
export type Rows = readonly Line[];

/** The lines of some parts, an empty one between two; what is too wide goes on in the next row, behind the same sign. */
export function drawParts(parts: readonly DiffPart[], sheet: Sheet): Rows[] {
  const numbers = parts.flatMap((part) => part.lines.map((each) => each.number));
  const digits = Math.max(2, ...numbers.map((number) => String(number).length));
  return parts.flatMap((part, index) => [...(index === 0 ? [] : [[blank]]), ...drawPart(part, digits, sheet)]);
}

function drawPart({ lines }: DiffPart, digits: number, sheet: Sheet): Rows[] {
  const { bar } = sheet.glyphs;
  const room = Math.max(4, sheet.codeWidth - digits - 7);
  return lines.map(({ sign, number, text }) =>
    wrapCode(readableCode(text), room).map((row, index): Line => {
      const count = index === 0 ? String(number) : "";
      const all = `${sign} ${count.padStart(digits)} ${bar} ${row.text}`;
      if (sign === " ") return line(dim(`  ${all}`));
      return line("  ", inked(sign === "+" ? "pass" : "fail", all));
    }),
  );
}

/** A page: so many lines of one of several blocks. */
export interface DiffPage {
  /** The block that it belongs to, from 0. */
  readonly block: number;
  /** Which of the block's pages it is, from 0, and how many there are. */
  readonly page: number;
  readonly pages: number;
  readonly lines: Rows;
}

/** Cuts blocks into pages: each block begins a page of its own. @param perPage lines; Infinity: a page a block */
export function pagesIn(blocks: readonly (readonly Rows[])[], perPage: number): DiffPage[] {
  return blocks.flatMap((rows, block) => {
    const pages = cutIn(rows, perPage);
    return pages.map((lines, page) => ({ block, page, pages: pages.length, lines }));
  });
}

/** Rows that alone are more than a page begin one, and their end is left to `fit`. */
function cutIn(rows: readonly Rows[], perPage: number): Line[][] {
  const pages: Line[][] = [[]];
  for (const each of rows) {
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && page.length + each.length > perPage) pages.push([...each]);
    else page.push(...each);
  }
  return pages;
}

/** ", page 2 of 3"; nothing where there is one page. */
export function pageNote({ page, pages }: DiffPage): string {
  return pages === 1 ? "" : `, page ${page + 1} of ${pages}`;
}
