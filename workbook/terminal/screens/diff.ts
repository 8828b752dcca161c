/** The difference between two files, in pages. */
import { readableCode, wrapCode } from "../../report/code.ts";
import { blank, dim, inked, line, type Line, type Sheet } from "../style.ts";
import type { SolutionView } from "../../session/view.ts";

type DiffPart = SolutionView["parts"][number];

/** Rows that belong on one page: a line of code that is too wide for one row. */
export type Rows = readonly Line[];

/** Draws the lines of each part. What is too wide goes on in the next row, behind the same sign. */
export function drawDiffParts(parts: readonly DiffPart[], sheet: Sheet): Rows[][] {
  const numbers = parts.flatMap((part) => part.lines.map((each) => each.number));
  const digits = Math.max(2, ...numbers.map((number) => String(number).length));
  return parts.map((part) => drawPart(part, digits, sheet));
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

/** Sections that begin on a page of their own, with a blank line between two. */
export type Block = readonly (readonly Rows[])[];

/** A page of lines, all from one block. */
export interface DiffPage {
  /** The block that it belongs to, from 0. */
  readonly block: number;
  /** Its number among the block's pages, from 0, and how many there are. */
  readonly page: number;
  readonly pages: number;
  readonly lines: Rows;
}

/** Divides blocks into pages. @param perPage lines of a page; Infinity: one page for each block */
export function pagesIn(blocks: readonly Block[], perPage: number): DiffPage[] {
  return blocks.flatMap((sections, block) => {
    const pages = divide(sections, perPage);
    return pages.map((lines, page) => ({ block, page, pages: pages.length, lines }));
  });
}

/**
 * Divides a block into pages. A section that doesn't fit on the rest of a page begins the next one, unless that leaves
 * half of the page empty. Rows that are longer than a page begin one; `fit` cuts off their end.
 */
function divide(sections: Block, perPage: number): Line[][] {
  let page: Line[] = [];
  const pages = [page];
  const turn = () => pages.push((page = []));
  for (const rows of sections) {
    const whole = page.length + 1 + rows.flat().length <= perPage;
    if (!whole && page.length >= perPage / 2) turn();
    else if (page.length > 0) page.push(blank);
    for (const each of rows) {
      if (page.length > 0 && page.length + each.length > perPage) turn();
      page.push(...each);
    }
  }
  return pages;
}

/** ", page 2 of 3"; "" if the block has one page. */
export function pageNote({ page, pages }: DiffPage): string {
  return pages === 1 ? "" : `, page ${page + 1} of ${pages}`;
}
