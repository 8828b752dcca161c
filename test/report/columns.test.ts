/** Text in the columns of a terminal. */
import { describe, expect, test } from "vitest";
import { wrapCode } from "../../workbook/report/code.ts";
import { cut, padded, widthOf, wrap } from "../../workbook/report/columns.ts";

const ms = (act: () => unknown) => {
  const start = performance.now();
  act();
  return performance.now() - start;
};

describe("the width of a text", () => {
  test.each([
    ["abc", 3],
    ["日本語", 6],
    ["한국어", 6],
    ["😀", 2],
    ["🇯🇵", 2],
    ["e\u0301te\u0301", 3],
    ["ａｂ", 4],
    ["Käse", 4],
    ["✓✗○◇▶▸│─◀…", 10],
  ])("%s takes %i columns", (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test("counts for padding", () => {
    expect(padded("日本", 6)).toBe("日本  ");
    expect(padded("abcdefg", 6)).toBe("abcdefg");
  });
});

describe("wrapping", () => {
  test("breaks at spaces, and a word too long for a line anywhere", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefghij k", 4)).toEqual(["abcd", "efgh", "ij k"]);
    expect(wrap("", 10)).toEqual([""]);
  });

  test("keeps lines of wide characters within the width", () => {
    expect(wrap("日本語の文字", 5)).toEqual(["日本", "語の", "文字"]);
    expect(wrap("a 日本語 b", 7)).toEqual(["a", "日本語", "b"]);
    expect(wrap("日", 1)).toEqual(["日"]);
  });

  test("never divides a character that a reader sees as one", () => {
    const text = "🇯🇵".repeat(5) + "e\u0301".repeat(5);
    for (let width = 2; width < 12; width++) {
      const lines = wrap(text, width);
      expect(lines.join("")).toBe(text);
      expect(lines.filter((line) => widthOf(line) > width || line.startsWith("\u0301"))).toEqual([]);
    }
  });

  test("takes 200 ms at most for a word of 1 MB", () => {
    const word = Buffer.alloc(1_000_000, "x").toString("latin1");
    expect(ms(() => expect(wrap(word, 76)).toHaveLength(13_158))).toBeLessThan(200);
    expect(ms(() => wrapCode(word, 76))).toBeLessThan(200);
    expect(ms(() => cut(word, 76))).toBeLessThan(200);
  });
});

describe("cutting", () => {
  test("leaves dots within the width", () => {
    expect(cut("abcdef", 6)).toBe("abcdef");
    expect(cut("abcdef", 5)).toBe("abcd…");
    expect(cut("abcdef", 5, "...")).toBe("ab...");
    expect(cut("abcdef", 2, "...")).toBe("..");
    expect(cut("abc…, def", 5)).toBe("abc…");
  });

  test("counts wide characters as two columns", () => {
    expect(cut("日本語", 6)).toBe("日本語");
    expect(cut("日本語", 5)).toBe("日本…");
    expect(cut("日本語", 4)).toBe("日…");
    expect(cut("日本語", 2)).toBe("…");
  });

  test("reads no more of a long text than it keeps", () => {
    const wide = Buffer.from("日".repeat(1_000_000)).toString();
    const head = ms(() => expect(cut(wide, 9)).toBe("日日日日…"));
    expect(head).toBeLessThan(200);
  });
});
