/** Words for a line. */
import { describe, expect, test } from "vitest";
import { ascii, grouped, learners, listed, sentence } from "../../workbook/report/text.ts";
import { formFor } from "../../workbook/report/time.ts";

describe("the learner's text", () => {
  test("has its control characters shown, also those that turn or hide text", () => {
    expect(learners("a\u001b[31m\r\n\tb\u0000\u202e\u200b\ud800")).toBe("a\\x1b[31m\\r\\n\\tb\\0\\u202e\\u200b\\ud800");
  });

  test("keeps letters of any language, and emoji", () => {
    expect(learners("Käse 日本 😀")).toBe("Käse 日本 😀");
  });

  test("is cut at 200 characters, with a count of the rest", () => {
    expect(learners("x".repeat(200))).toBe("x".repeat(200));
    expect(learners("x".repeat(4012))).toBe(`${"x".repeat(200)}… 3,812 more`);
  });

  test("takes no time, however long it is", () => {
    // In one piece, as flattening a concatenated string takes long.
    const whole = Buffer.alloc(50_000_000, "x").toString("latin1");
    const start = performance.now();
    learners(whole);
    expect(performance.now() - start).toBeLessThan(50);
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

  test("our own signs have a spelling in ASCII", () => {
    expect(ascii("a … “b” – c’s 2 × 3 → é")).toBe('a ... "b" - c\'s 2 x 3 -> é');
  });

  test("all times of a drawing have the same form", () => {
    expect(formFor(40_300)(8_640)).toBe("8.6 s");
    expect(formFor(3_700_000)(61_000)).toBe("1:01");
    expect(formFor(90_000_000)(88_200_000)).toBe("24h30");
  });
});
