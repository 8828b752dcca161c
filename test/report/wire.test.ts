/** The rows of an exchange, and where they end. */
import { describe, expect, test } from "vitest";
import type { Event, Recording } from "../../workbook/contract/model/recording.ts";
import { wireRows, type Row } from "../../workbook/report/wire.ts";
import { exchange, goodServer, hastyClient, recording, wrongLocation } from "./sample.ts";

/** A row in a few words. */
function words(row: Row): string {
  switch (row.is) {
    case "request":
      return `${row.text}${row.marked ? " <" : ""}`;
    case "response":
      return `${row.status}${row.to === null ? "" : ` to ${row.to}`} ${row.gist}${row.marked === "no" ? "" : ` <${row.marked}`}`;
    case "omitted":
      return `${row.count} ${row.alike ? "alike" : "left out"}`;
    default:
      return row.text + ("marked" in row && row.marked ? " <" : "");
  }
}

const rowsOf = (of: Recording, ...more: [mark?: Parameters<typeof wireRows>[1], limit?: number]) =>
  wireRows(of, more[0] ?? null, more[1]).map(words);

const processing = '{"id":"r-41","status":"processing"}';
const poll = (at: number): Event => exchange("get", at, at + 800, ["GET", "/reports/r-41"], [200, processing]);
const order = exchange("post", 0, 0, ["POST", "/reports", "{}"], [202, processing, [["location", "/reports/r-41"]]]);

describe("the rows", () => {
  test("end with a request that was sent too early", () => {
    expect(rowsOf(hastyClient, { scenario: "C-waits", event: 3, on: "request" })).toEqual([
      "POST /reports",
      "202 location: /reports/r-41",
      "GET /reports/r-41",
      "200 processing, retry-after: 7",
      "GET /reports/r-41 <",
    ]);
  });

  test("go on to the exchange right after a marked response, and no further", () => {
    expect(rowsOf(wrongLocation, { scenario: "S1", event: 0, on: "header:location" })).toEqual([
      "POST /reports",
      "202 location: /reports <header",
      "location: /reports",
      "GET /reports",
      "404 404 Not Found",
    ]);
  });

  test("say that a marked header is missing", () => {
    const rows = rowsOf(goodServer, { scenario: "S1", event: 1, on: "header:retry-after" });
    expect(rows.at(-1)).toBe("no retry-after");
  });

  test("end with the recording when something is missing at its end", () => {
    const rows = rowsOf(goodServer, { scenario: "S1", event: null, on: "request" });
    expect(rows.at(-1)).toBe("the end; nothing more came <");
    expect(rows).toHaveLength(9);
  });

  test("give a response's gist: state, books, error, where to poll and when", () => {
    const failed = '{"id":"a","status":"failed","error":"no book of genre x"}';
    const told = recording("S1", "server", [
      exchange("a", 0, 0, ["GET", "/a"], [200, failed]),
      exchange("b", 1, 1, ["GET", "/b"], [200, "<html>\n"]),
      exchange("c", 2, 2, ["GET", "/c"], [200, "null", [["retry-after", "x"]]]),
    ]);
    expect(rowsOf(told).filter((row) => row.startsWith("200"))).toEqual([
      "200 failed: no book of genre x",
      "200 <html>\\n",
      "200 null, retry-after: x",
    ]);
    expect(rowsOf(goodServer)).toContain("200 completed, 212 books");
  });

  test("name the request of a response if another row stands between", () => {
    const both = recording("S4", "server", [
      exchange("A.post", 0, 500, ["POST", "/reports", "{}"], [202, processing]),
      exchange("B.post", 100, 200, ["POST", "/other", "{}"], [202, processing]),
    ]);
    expect(rowsOf(both)).toEqual(["POST /reports", "POST /other", "202 processing", "202 to POST /reports processing"]);
  });

  test("leave out equal polls, but for the first and the last", () => {
    const many = recording("S3", "server", [
      order,
      ...Array.from({ length: 20 }, (_, index) => poll(1000 * (index + 1))),
    ]);
    expect(rowsOf(many)).toEqual([
      "POST /reports",
      "202 location: /reports/r-41",
      "GET /reports/r-41",
      "200 processing",
      "18 alike",
      "GET /reports/r-41",
      "200 processing",
    ]);
  });

  test("never leave out the marked one", () => {
    const many = recording("S3", "server", [
      order,
      ...Array.from({ length: 20 }, (_, index) => poll(1000 * (index + 1))),
    ]);
    const rows = rowsOf(many, { scenario: "S3", event: 10, on: "body" });
    expect(rows.at(-3)).toBe("200 processing <body");
    expect(rows).toContain("7 alike");
  });

  test("keep the end within a limit, and the first exchange if there is room", () => {
    const different = recording("S3", "server", [
      order,
      ...Array.from({ length: 20 }, (_, index) =>
        exchange("get", index + 1, index + 1, ["GET", `/${index}`], [200, processing]),
      ),
    ]);
    expect(rowsOf(different, null, 8)).toEqual([
      "POST /reports",
      "202 location: /reports/r-41",
      "18 left out",
      "200 processing",
      "GET /18",
      "200 processing",
      "GET /19",
      "200 processing",
    ]);
    expect(rowsOf(different, null, 3)).toEqual(["20 left out", "GET /19", "200 processing"]);
  });

  test("show how the promise settled, and not what was printed", () => {
    const error = {
      isError: true,
      name: "TimeoutError",
      message: "too late",
      status: null,
      isReason: false,
      isInvalidUrl: false,
      isParserMessage: false,
      cause: null,
    };
    const ends = recording("C-deadline", "client", [
      exchange("post", 0, null, ["POST", "/reports", "{}"], null),
      { is: "printed", atMs: 1, from: "client", text: "hm" },
      { is: "probe", atMs: 2, name: "timers", value: 1 },
      { is: "rejected", atMs: 2000, error },
    ]);
    expect(rowsOf(ends)).toEqual([
      "POST /reports",
      "no answer ever came",
      "the promise rejected: TimeoutError: too late",
    ]);
    expect(rowsOf(ends, { scenario: "C-deadline", event: 2, on: "settle" }).at(-1)).toBe("measured, timers: 1 <");
  });

  test("put the end of a recording last, marked if nothing came", () => {
    const stuck = recording("C-deadline", "client", [
      { is: "stalled", atMs: 0 },
      exchange("post", 0, null, ["POST", "/reports", "{}"], null),
    ]);
    expect(rowsOf(stuck, { scenario: "C-deadline", event: null, on: "settle" })).toEqual([
      "POST /reports",
      "no answer ever came",
      "the promise is pending, and nothing is left that could settle it <",
    ]);
  });

  test("escape the learner's text in a URL or a header", () => {
    const odd = recording("S1", "server", [
      exchange("get", 0, 0, ["GET", "/%1b"], [200, "\u001b[2J", [["location", "\u001b]0;x\u0007"]]]),
    ]);
    expect(rowsOf(odd)).toEqual(["GET /%1b", "200 location: \\x1b]0;x\\x07"]);
  });
});
