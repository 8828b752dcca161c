/** The rules that hold for every screen at every size. */
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { positionIn } from "../../workbook/terminal/position.ts";
import { pagesOf, render } from "../../workbook/terminal/render.ts";
import { widthOf } from "../../workbook/report/columns.ts";
import type { Size } from "../../workbook/terminal/size.ts";
import type { View } from "../../workbook/session/view.ts";
import { positions, views } from "./views.ts";

const shapes = [20, 49, 50, 79, 80, 200].flatMap((columns) =>
  [8, 20, 24, Infinity].flatMap((rows) => [true, false].map((unicode) => ({ columns, rows, unicode }))),
);

const drawn = new Map<string, string>();

/** A screen at one size, drawn once for all rules. */
function draw(name: string, size: Size): string {
  const key = `${name} ${JSON.stringify(size)}`;
  const view = views[name];
  if (!view) throw new Error(`There is no screen ${name}.`);
  const text = drawn.get(key) ?? render(view, size, { ...positionIn(view), ...positions[name] });
  drawn.set(key, text);
  return text;
}

/** The screens and sizes that break a rule. `broken` returns the offending text, or null. */
function offences(broken: (text: string, size: Size, name: string) => string | null, colour = false): string[] {
  return Object.keys(views).flatMap((name) =>
    shapes.flatMap((shape) => {
      const offence = broken(draw(name, { ...shape, colour }), { ...shape, colour }, name);
      return offence === null
        ? []
        : [`${name} at ${shape.columns} x ${shape.rows}, unicode ${shape.unicode}: ${offence}`];
    }),
  );
}

function firstLine(text: string, wrong: (line: string) => boolean): string | null {
  return text.split("\n").find(wrong) ?? null;
}

describe("every screen", () => {
  test("has no line longer than the terminal and no more lines than it has rows", () => {
    const long = (text: string, { columns }: Size) => firstLine(text, (line) => widthOf(line) > columns);
    const high = (text: string, { rows }: Size) => (text.split("\n").length > rows ? text : null);
    expect(offences((text, size) => long(text, size) ?? high(text, size))).toEqual([]);
  });

  test("keeps its body within 76 columns behind a margin of two", () => {
    expect(offences((text) => firstLine(text, (line) => !/^(?:$|(?: {2}|> ).{1,76}$)/u.test(line)))).toEqual([]);
  });

  test("reads the same to the letter with and without colour", () => {
    const plain = (name: string, size: Size) => draw(name, { ...size, colour: false });
    expect(
      offences((text, size, name) => (stripVTControlCharacters(text) === plain(name, size) ? null : text), true),
    ).toEqual([]);
  });

  test("has colour when there is colour, and no escape code when there is none", () => {
    for (const view of Object.values(views)) {
      const size = { columns: 80, rows: 40, unicode: true };
      expect(render(view, { ...size, colour: true })).toContain("\x1b[");
      expect(render(view, { ...size, colour: false })).not.toContain("\x1b");
    }
  });

  test("ends its body with the next step, which is never cut away", () => {
    const wrong = (text: string, { rows, columns }: Size) => {
      const lines = text.split("\n").filter((line) => line !== "");
      const next = lines.findLastIndex((line) => line.startsWith("  next    "));
      // Its own further lines may follow, then the keys.
      return next < 0 || (columns >= 80 && rows >= 20 && lines.length - 1 - next > 2) ? text : null;
    };
    expect(offences(wrong)).toEqual([]);
  });

  test("escapes the learner's control characters", () => {
    // eslint-disable-next-line no-control-regex
    expect(offences((text) => firstLine(text, (line) => /[\u0000-\u001f\u007f-\u009f\u202e]/.test(line)))).toEqual([]);
  });

  test("is ASCII if the terminal has no UTF-8", () => {
    const foreign = (line: string) => !/^[ -~]*$/.test(line);
    expect(offences((text, { unicode }) => (unicode ? null : firstLine(text, foreign)))).toEqual([]);
  });

  test("shows no keys if it is printed once", () => {
    for (const view of Object.values(views)) {
      const text = render({ ...view, live: false }, { columns: 80, rows: Infinity, colour: false, unicode: true });
      expect(text.split("\n").at(-1)).not.toMatch(/(?:q quit|esc back|esc later)$/);
    }
  });
});

describe("paged views", () => {
  const pageOf = (view: View, page: number, size: Size) => render(view, size, { ...positionIn(view), page });

  test("show every line on one of their pages", () => {
    const { text, output } = views;
    const size = { columns: 80, rows: 20, colour: false, unicode: true };
    if (text?.is !== "text" || output?.is !== "output") throw new Error("The sample has no paged views.");
    const pages = Array.from({ length: pagesOf(text, size) }, (_, page) => pageOf(text, page, size));
    expect(pages.join("\n").match(/A paragraph\./g)).toHaveLength(40);
    const printed = Array.from({ length: pagesOf(output, size) }, (_, page) => pageOf(output, page, size)).join("\n");
    for (let line = 0; line < 50; line++) expect(printed).toContain(`line ${line} \\x1b[2J\\r\\u202exxx`);
  });

  test.each([40, 60, 80])("show every line of a difference whole, at %i columns", (columns) => {
    for (const name of ["solution, long", "other ways"]) {
      const view = views[name];
      if (view?.is !== "solution" && view?.is !== "ways") throw new Error(`The sample has no ${name}.`);
      const size = { columns, rows: 20, colour: false, unicode: true };
      const pages = Array.from({ length: pagesOf(view, size) }, (_, page) => pageOf(view, page, size));
      expect(pages.filter((page) => page.includes("make the window taller"))).toEqual([]);
      const text = pages.join("\n");
      for (let line = 0; line < 40; line++) expect(text).toMatch(new RegExp(`[-+] ${String(line + 1).padStart(2)} │`));
      const code = text.split("\n").flatMap((row) => /│ (.*)$/.exec(row)?.[1] ?? []);
      expect(
        code
          .join("")
          .replaceAll(" ", "")
          .match(/asanarrowterminal/g),
      ).toHaveLength(40);
    }
  });

  test("stay on their last page when asked for one beyond it", () => {
    const { text } = views;
    const size = { columns: 80, rows: 20, colour: false, unicode: true };
    if (text?.is !== "text") throw new Error("The sample has no text.");
    const last = pagesOf(text, size) - 1;
    expect(pageOf(text, 999, size)).toBe(pageOf(text, last, size));
  });
});
