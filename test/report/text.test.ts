/** Text made fit for a line. */
import { describe, expect, test } from "vitest";
import { ascii, cut, grouped, learners, listed, sentence, wrap } from "../../workbook/report/text.ts";
import { formFor } from "../../workbook/report/time.ts";

describe("the learner's bytes", () => {
  test("have their control characters shown, also those that turn or hide text", () => {
    expect(learners("a\u001b[31m\r\n\tb\u0000\u202e\u200b\ud800")).toBe("a\\x1b[31m\\r\\n\\tb\\0\\u202e\\u200b\\ud800");
  });

  test("keep letters of any language, and pictures", () => {
    expect(learners("Käse 日本 😀")).toBe("Käse 日本 😀");
  });

  test("are cut at 200 characters, with a count of the rest", () => {
    expect(learners("x".repeat(200))).toBe("x".repeat(200));
    expect(learners("x".repeat(4012))).toBe(`${"x".repeat(200)}… 3,812 more`);
  });

  test("cost no time however many they are", () => {
    // In one piece: to make one of it is the runtime's work, and takes long.
    const whole = Buffer.alloc(50_000_000, "x").toString("latin1");
    const start = performance.now();
    learners(whole);
    expect(performance.now() - start).toBeLessThan(50);
  });
});

describe("lines", () => {
  test("are wrapped at spaces, and a word too long for a line anywhere", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefghij k", 4)).toEqual(["abcd", "efgh", "ij k"]);
    expect(wrap("", 10)).toEqual([""]);
  });

  test("are cut with dots within the width", () => {
    expect(cut("abcdef", 6)).toBe("abcdef");
    expect(cut("abcdef", 5)).toBe("abcd…");
    expect(cut("abcdef", 5, "...")).toBe("ab...");
    expect(cut("abcdef", 2, "...")).toBe("..");
    expect(cut("abc…, def", 5)).toBe("abc…");
  });
});

describe("small words", () => {
  test("a clause becomes a sentence, and stays one", () => {
    expect(sentence("it sends one POST")).toBe("It sends one POST.");
    expect(sentence("Is it?")).toBe("Is it?");
  });

  test("numbers are grouped and words listed", () => {
    expect([grouped(1), grouped(1234), grouped(1234567)]).toEqual(["1", "1,234", "1,234,567"]);
    expect([listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")]).toEqual(["a", "a and b", "a, b or c"]);
  });

  test("signs of ours have a spelling in ASCII", () => {
    expect(ascii("a … “b” – c’s 2 × 3 → é")).toBe('a ... "b" - c\'s 2 x 3 -> é');
  });

  test("one drawing has one form for its times", () => {
    expect(formFor(40_300)(8_640)).toBe("8.6 s");
    expect(formFor(3_700_000)(61_000)).toBe("1:01");
    expect(formFor(90_000_000)(88_200_000)).toBe("24h30");
  });
});
