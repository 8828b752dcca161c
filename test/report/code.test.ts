/** Code on a screen: all of it can be read, however long its lines are. */
import { describe, expect, test } from "vitest";
import { columnIn, readableCode, wrapCode } from "../../workbook/report/code.ts";
import { drawDiffParts } from "../../workbook/terminal/screens/diff.ts";
import { drawCodeFrame } from "../../workbook/terminal/screens/code-frame.ts";
import { textScreen } from "../../workbook/terminal/screens/lesson-text.ts";
import { sheetFor, type Line } from "../../workbook/terminal/style.ts";

const narrow = sheetFor({ columns: 80, rows: 40, colour: false, unicode: true });
const wide = sheetFor({ columns: 130, rows: 40, colour: false, unicode: true });
const textOf = (lines: readonly Line[]) => lines.map((each) => each.map((span) => span.text).join(""));
const rowsOf = (code: string, width: number) => wrapCode(code, width).map(({ text }) => text);

const order =
  "    return c.json(envelope(job), 202, { ...statusHeaders(job), Location: `/reports/${job.id}` }); // the 202 itself";

describe("a line of code that is too wide", () => {
  test("goes on in the next row, under its own indentation and a little further", () => {
    expect(rowsOf("  const answer = await fetch(url, options);", 30)).toEqual([
      "  const answer = await",
      "      fetch(url, options);",
    ]);
  });

  test("is broken anywhere if no blank is near", () => {
    expect(rowsOf("a".repeat(25), 10)).toEqual([
      "a".repeat(10),
      `    ${"a".repeat(6)}`,
      `    ${"a".repeat(6)}`,
      "    aaa",
    ]);
  });

  test("keeps every character but the blanks at which it is broken, at any width", () => {
    for (let width = 1; width < 130; width++) {
      const rows = wrapCode(order, width);
      expect(
        rows
          .map(({ text }) => text.trim())
          .join("")
          .replaceAll(" ", ""),
      ).toBe(order.replaceAll(" ", ""));
      expect(Math.max(...rows.map(({ text }) => text.length))).toBeLessThanOrEqual(Math.max(2, width));
    }
  });

  test("gives the column of each of its places", () => {
    for (const [place, char] of Array.from(order).entries()) {
      if (char === " ") continue;
      const row = wrapCode(order, 40).findLast(({ from }) => from <= place);
      expect(row?.text[columnIn(row, place)]).toBe(char);
    }
  });

  test("is one row if it fits, and so is an empty line", () => {
    expect(rowsOf(order, 200)).toEqual([order]);
    expect(rowsOf("", 10)).toEqual([""]);
    expect(rowsOf(readableCode("\tconst a = 1;\u001b"), 40)).toEqual(["    const a = 1;\\x1b"]);
  });
});

describe("on a screen", () => {
  const part = { file: "a.ts", lines: [{ sign: "+", number: 7, text: order }] } as const;

  test("a line of a difference goes on behind the same sign", () => {
    expect(textOf(drawDiffParts([part], narrow).flat(2))).toEqual([
      "  +  7 │     return c.json(envelope(job), 202, { ...statusHeaders(job),",
      "  +    │         Location: `/reports/${job.id}` }); // the 202 itself",
    ]);
  });

  test("a wide terminal shows code unbroken", () => {
    expect(textOf(drawDiffParts([part], wide).flat(2))).toEqual([`  +  7 │ ${order}`]);
    expect(textOf(drawCodeFrame({ column: null, lines: [{ number: 7, text: order, marked: false }] }, wide))).toEqual([
      `     7 │ ${order}`,
    ]);
  });

  test("a frame shows the whole line of the problem, with the sign under its place", () => {
    const column = order.indexOf("Location") + 1;
    expect(textOf(drawCodeFrame({ column, lines: [{ number: 7, text: order, marked: true }] }, narrow))).toEqual([
      "  ▶  7 │     return c.json(envelope(job), 202, { ...statusHeaders(job),",
      "       │         Location: `/reports/${job.id}` }); // the 202 itself",
      "       │         ^",
    ]);
  });

  test("of a generated line, a frame shows three rows around the problem", () => {
    const text = `${"a,".repeat(2000)}(${"b,".repeat(2000)}`;
    const rows = textOf(drawCodeFrame({ column: 4001, lines: [{ number: 7, text, marked: true }] }, narrow));
    expect(rows).toHaveLength(4);
    const at = rows.findIndex((row) => row.endsWith("^"));
    expect(rows[at - 1]?.[rows[at]?.indexOf("^") ?? -1]).toBe("(");
    expect(rows[0]).toMatch(/^ {2}▶ {2}7 │ …/);
    expect(rows[3]).toMatch(/…$/);
  });

  test("a lesson's code is indented if there is room, and whole if there isn't", () => {
    const shown = (code: string) => {
      const text = ["```ts", code, "```"].join("\n");
      return textOf(
        textScreen({ is: "text", live: false, lesson: { number: 1, slug: "01" }, text, page: 0 } as never, narrow).body,
      );
    };
    expect(shown("x".repeat(74))).toEqual([`  ${"x".repeat(74)}`]);
    expect(shown("x".repeat(76))).toEqual(["x".repeat(76)]);
    expect(shown(order).join("").replaceAll(" ", "")).toBe(order.replaceAll(" ", ""));
  });
});
