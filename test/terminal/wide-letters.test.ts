/** CJK characters and emoji take two columns: what stands behind and below them stays aligned. */
import { describe, expect, test } from "vitest";
import { widthOf } from "../../workbook/report/columns.ts";
import { plain } from "../../workbook/report/plain.ts";
import type { Recording } from "../../workbook/contract/model/recording.ts";
import { wireRows } from "../../workbook/report/wire.ts";
import { render } from "../../workbook/terminal/render.ts";
import { drawCodeFrame } from "../../workbook/terminal/screens/code-frame.ts";
import { drawDiffParts } from "../../workbook/terminal/screens/diff.ts";
import { drawExchange } from "../../workbook/terminal/screens/exchange.ts";
import { listScreen } from "../../workbook/terminal/screens/list.ts";
import { outputScreen } from "../../workbook/terminal/screens/output.ts";
import { sheetFor, type Line } from "../../workbook/terminal/style.ts";
import { exchange, halfDone, lessons, recording, second, stepOf } from "../report/sample.ts";

const size = { columns: 80, rows: Infinity, colour: false, unicode: true };
const sheet = sheetFor(size);
const textOf = (lines: readonly Line[]) => lines.map((each) => each.map((span) => span.text).join(""));
/** The column at which a text stands in a line, from 0. */
const columnOf = (line: string | undefined, text: string) => widthOf((line ?? "").split(text)[0] ?? "");

const wide: Recording = recording("S1", "server", [
  exchange(
    "A.post",
    0,
    0,
    ["POST", "/報告書😀", '{"genre":"詩"}'],
    [202, '{"id":"報告書の番号はとても長いです😀","x":1}'],
  ),
  exchange("A.get", 10, 10, ["GET", "/reports/r-41"], [200, '{"id":"r-41"}']),
]);

describe("wide letters", () => {
  // The URL as the learner sees it is percent-encoded, so the row is given its letters here.
  const rows = wireRows(wide, null).map((row) => (row.is === "request" ? { ...row, text: decodeURI(row.text) } : row));

  test("leave the tips of the arrows and the notes of an exchange in their columns", () => {
    const lines = textOf(drawExchange(rows, { notes: "bodies", requestBodies: true }, sheet));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain("POST /報告書😀 ─");
    const requests = lines.filter((line) => line.includes("▶"));
    expect(requests.map((line) => columnOf(line, "▶"))).toEqual([43, 43]);
    expect(lines.filter((line) => line.includes("{")).map((line) => columnOf(line, "{"))).toEqual([47, 47, 47]);
    expect(lines.filter((line) => widthOf(line) > 76)).toEqual([]);
  });

  test("leave the sign of a code frame under its place", () => {
    const text = 'const 名前 = "報告書😀"; jobs.set(id';
    const column = text.indexOf("jobs") + 1;
    const [code, under] = textOf(drawCodeFrame({ column, lines: [{ number: 7, text, marked: true }] }, sheet));
    expect(columnOf(under, "^")).toBe(columnOf(code, "jobs"));
  });

  test("leave the sign under its place in a row that goes on", () => {
    const text = `${"報告".repeat(30)}(${"書類".repeat(30)}`;
    const lines = textOf(drawCodeFrame({ column: 61, lines: [{ number: 7, text, marked: true }] }, sheet));
    const at = lines.findIndex((line) => line.endsWith("^"));
    expect(columnOf(lines[at], "^")).toBe(columnOf(lines[at - 1], "("));
    expect(lines.filter((line) => widthOf(line) > sheet.codeWidth)).toEqual([]);
  });

  test("keep a difference within the width of the terminal", () => {
    const part = { file: "a.ts", lines: [{ sign: "+", number: 7, text: `  // ${"説明".repeat(40)}` }] } as const;
    const lines = textOf(drawDiffParts([part], sheet).flat(2));
    expect(lines.join("").replaceAll(/[^説明]/g, "")).toBe("説明".repeat(40));
    expect(lines.filter((line) => widthOf(line) > sheet.codeWidth)).toEqual([]);
  });

  test("keep printed lines within the width, whole on their page", () => {
    const text = "進捗".repeat(60);
    const output = [{ from: "client", atMs: 1600, scenario: "C-waits", text: `${text}\n` }] as const;
    const { body } = outputScreen(
      { is: "output", live: true, lesson: second, output, page: 0 },
      sheetFor({ ...size, rows: 40 }),
    );
    const lines = textOf(body);
    expect(lines.join("").replaceAll(/[^進捗]/g, "")).toBe(text);
    expect(lines.filter((line) => widthOf(line) > sheet.width)).toEqual([]);
  });

  test("leave the counts of the list of steps in one column", () => {
    const entries = lessons.map((lesson) => ({
      lesson: { ...lesson, title: lesson === second ? "受け付けました" : lesson.title },
      musts: 3,
      progress: { passed: false, passes: 1, open: null },
    }));
    const { body } = listScreen({ is: "list", live: true, here: null, current: null, selected: null, entries }, sheet);
    const columns = textOf(body).map((line) => columnOf(line, " 1 of"));
    expect(new Set(columns).size).toBe(1);
  });

  test("in a verdict leave no line of a screen longer than the terminal", () => {
    const run = {
      ...halfDone,
      verdicts: halfDone.verdicts.map((each) =>
        each.verdict === "fail" ? { ...each, seen: `Location: /${"報告書".repeat(40)}` } : each,
      ),
    };
    for (const columns of [40, 60, 80]) {
      const lines = render(stepOf(second, run), { ...size, columns }).split("\n");
      expect(lines.some((line) => line.includes("報告書報告書"))).toBe(true);
      expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
    }
  });
});

test("in a pipe '<- here' stands in its column, and ^ under its place", () => {
  const body = '{"id":"報告書の番号はとても長いです😀報告書の番号"}';
  const marked = recording("S1", "server", [exchange("A.post", 0, 0, ["POST", "/reports", "{}"], [202, body])]);
  const text = 'const 名前 = "報告書😀"; jobs.set(id';
  const frame = { column: text.indexOf("jobs") + 1, lines: [{ number: 7, text, marked: true }] };
  const verdicts = halfDone.verdicts.map((each) =>
    each.mark ? { ...each, mark: { scenario: "S1", event: 0, on: "body" as const } } : each,
  );
  const lines = plain(stepOf(second, { ...halfDone, recordings: [marked], verdicts })).split("\n");
  expect(
    columnOf(
      lines.find((line) => line.includes("<- here")),
      "<- here",
    ),
  ).toBe(58);

  const problem = {
    kind: "syntax",
    side: "server",
    message: "server.ts, line 7: no",
    file: "a.ts",
    line: 7,
    column: 1,
  } as const;
  const broken = { ...halfDone, verdicts: [], problem };
  const now = { is: "run", run: broken, at: "", frame, last: null } as const;
  const shown = plain(stepOf(second, broken, { now })).split("\n");
  const at = shown.findIndex((line) => line.endsWith("^"));
  expect(columnOf(shown[at], "^")).toBe(columnOf(shown[at - 1], "jobs"));
});
