/** Parts of the screens at the edge of their room. */
import { describe, expect, test } from "vitest";
import { drawExchange } from "../../workbook/terminal/screens/exchange.ts";
import { drawCodeFrame } from "../../workbook/terminal/screens/code-frame.ts";
import { outputScreen } from "../../workbook/terminal/screens/output.ts";
import { textScreen } from "../../workbook/terminal/screens/lesson-text.ts";
import { sheetFor, type Line } from "../../workbook/terminal/style.ts";
import { lostWords } from "../../workbook/report/wire-words.ts";

const sheet = sheetFor({ columns: 80, rows: 40, colour: false, unicode: true });
const textOf = (lines: readonly Line[]) => lines.map((each) => each.map((span) => span.text).join(""));

test("a problem far to the right is visible, with its sign under it", () => {
  const text = `${"a".repeat(90)}(${"b".repeat(40)}`;
  const rows = textOf(drawCodeFrame({ column: 91, lines: [{ number: 7, text, marked: true }] }, sheet));
  const at = rows.findIndex((row) => row.endsWith("^"));
  expect(rows[at - 1]).toHaveLength(76);
  expect(rows[at - 1]?.[rows[at]?.indexOf("^") ?? -1]).toBe("(");
});

test("a lesson's paragraphs are rewrapped, its tables lose their rule and padding, its code stays", () => {
  const text = [
    "Starter: [server.ts](server.ts)",
    "One **line**",
    "and [another](x.md).",
    "",
    "| a   | b  |",
    "| --- | -- |",
    "| one | two |",
    "",
    "```ts",
    "const a = 1;",
    "const b = 2;",
    "```",
    "- first",
    "  of two",
    "- second",
  ].join("\n");
  const { body } = textScreen(
    { is: "text", live: false, lesson: { number: 1, slug: "01" }, text, page: 0 } as never,
    sheet,
  );
  expect(textOf(body)).toEqual([
    "One line and another.",
    "",
    "| a | b",
    "| one | two",
    "",
    "  const a = 1;",
    "  const b = 2;",
    "- first of two",
    "- second",
  ]);
});

test("a printed line is whole on its page, however wide it is", () => {
  const text = Array.from({ length: 25 }, (_, index) => `word${index}`).join(" ");
  const output = [{ from: "client", atMs: 1600, scenario: "C-waits", text: `${text}\n` }] as const;
  const { body } = outputScreen({ is: "output", live: true, lesson: {} as never, output, page: 0 }, sheet);
  const rows = textOf(body);
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map((row) => row.replace(/^ *(?:1\.6 s +client)? */, "")).join(" ")).toBe(text);
});

describe("a body that is too long", () => {
  const body = '{"id":"0b7c7a3e-58a9-4a3d-9d2e-0d5a3c9d0001","status":"processing"}';
  const row = { is: "response", atMs: 0, status: 200, reason: "OK", body, gist: "", to: null, marked: "no" } as const;

  test("loses its UUID first: the status is what the learner looks for", () => {
    expect(textOf(drawExchange([row], { notes: "bodies", requestBodies: true }, sheet)).join()).toContain(
      'OK    {… "status":"processing"}',
    );
  });
});

test("a client that gave up is not reported as a broken connection", () => {
  expect(lostWords({ kind: "left", message: "any words" })).toBe("no answer: the client left");
  expect(lostWords({ kind: "cut", message: "socket hang up" })).toBe("no answer: the connection broke");
});
