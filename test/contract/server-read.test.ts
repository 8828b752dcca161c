import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { epochMs, zoneMs } from "../../workbook/contract/model/epoch.ts";
import { formatHttpDate, isDateTime, parseHttpDate } from "../../workbook/contract/http/http-date.ts";
import {
  addressesOf,
  holdsId,
  locationOf,
  redirectOf,
  withOtherId,
  withOtherPart,
  withOtherRun,
} from "../../workbook/contract/http/location.ts";
import { headerLines, headerOf, isJsonType } from "../../workbook/contract/http/headers.ts";
import { hasText, jsonIn, mentions, sameJson } from "../../workbook/contract/http/json.ts";
import type { Exchange, HeaderPair } from "../../workbook/contract/model/recording.ts";
import { similarId } from "../../workbook/contract/scenarios/server/similar-id.ts";
import { root } from "../../workbook/root.ts";
import { worldOf } from "./simulated.ts";
import { environment } from "../../workbook/run/memory/environment.ts";

function answer(status: number, ...headers: HeaderPair[]): Exchange {
  const request = { method: "POST", url: "http://127.0.0.1:8202/reports", headers: [], body: "{}" };
  return {
    label: "A.post",
    request,
    response: { status, headers, body: "" },
    failure: null,
    sentMs: 0,
    doneMs: 0,
    slow: false,
  };
}

describe("a header", () => {
  test("that comes twice is two lines and one value", () => {
    const { response } = answer(200, ["retry-after", "3"], ["Retry-After", "4"]);
    expect(headerLines(response!, "retry-after")).toEqual(["3", "4"]);
    expect(headerOf(response!, "retry-after")).toBe("3, 4");
    expect(headerOf(response!, "location")).toBeNull();
  });

  test.each([
    "application/json",
    "Application/JSON; charset=latin1",
    "application/problem+json",
    "application/vnd.a.b+json;v=1",
  ])("of the type %s is JSON", (type) => expect(isJsonType(type)).toBe(true));

  test.each(["text/html", "text/json", "application/jsonp", "application/json-seq", "+json", "", null])(
    "of the type %s is no JSON",
    (type) => expect(isJsonType(type)).toBe(false),
  );
});

describe("JSON", () => {
  test("counts only with a type that says so", () => {
    expect(jsonIn({ status: 200, headers: [["content-type", "application/json"]], body: "[1]" })).toEqual([1]);
    expect(jsonIn({ status: 200, headers: [["content-type", "text/plain"]], body: "[1]" })).toBeUndefined();
  });

  test.each([
    [{ error: { parts: [{ detail: "no" }] } }, true],
    ["no", true],
    [{ error: " ", code: 4 }, false],
    [null, false],
  ])("%j: text anywhere among its values is %s", (value, yes) => expect(hasText(value)).toBe(yes));

  test("mentions a word as a key or within a string", () => {
    expect(mentions({ errors: [{ path: ["Genre"] }] }, "genre")).toBe(true);
    expect(mentions({ fields: { genre: 4 } }, "genre")).toBe(true);
    expect(mentions({ error: "wrong" }, "genre")).toBe(false);
  });

  test("is equal in whatever order its keys are, and not by what objects inherit", () => {
    expect(sameJson({ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 })).toBe(true);
    expect(sameJson({ toString: 1 }, { a: 1 })).toBe(false);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
  });
});

describe("a date in a header", () => {
  test("is read and written to the second", () => {
    const ms = Date.UTC(2026, 10, 24, 14, 2, 11);
    expect(parseHttpDate("Tue, 24 Nov 2026 14:02:11 GMT")).toBe(ms);
    expect(formatHttpDate(ms + 999)).toBe("Tue, 24 Nov 2026 14:02:11 GMT");
    expect(formatHttpDate(ms)).toBe(new Date(ms).toUTCString());
    expect(parseHttpDate("Sun, 29 Feb 2032 00:00:00 GMT")).toBe(Date.UTC(2032, 1, 29));
  });

  test.each([
    "Mon, 24 Nov 2026 14:02:11 GMT",
    "Tue, 24 Nov 2026 14:02:11 +0000",
    "Tue, 24 Nov 2026 14:02:11 -0000",
    "Tue, 4 Nov 2026 14:02:11 GMT",
    "Mon, 29 Feb 2027 14:02:11 GMT",
    "Tue, 24 Nov 2026 24:02:11 GMT",
    "tue, 24 nov 2026 14:02:11 gmt",
    "Tuesday, 24-Nov-26 14:02:11 GMT",
    "Tue Nov 24 14:02:11 2026",
    "2026-11-24T14:02:11Z",
    "5",
    "",
  ])("%s is none", (text) => expect(parseHttpDate(text)).toBeNull());

  test.each(["2026-01-05T09:00:05Z", "2026-01-05T09:00:05.250+05:45", "2024-02-29t23:59:60z", "2026-01-05 09:00:05Z"])(
    "%s is an RFC 3339 date-time",
    (text) => expect(isDateTime(text)).toBe(true),
  );

  test.each([
    "2026-01-05T09:00:05",
    "2026-02-29T09:00:05Z",
    "2026-13-05T09:00:05Z",
    "2026-01-05",
    "1/5/2026, 2:45:05 PM",
    "2026-01-05T09:00:05+0545",
  ])("%s is none", (text) => expect(isDateTime(text)).toBe(false));
});

describe("a Location", () => {
  const of = (location: string) => locationOf(answer(202, ["location", location]));

  test.each([
    ["/reports/a", "http://127.0.0.1:8202/reports/a"],
    ["reports/a#top", "http://127.0.0.1:8202/reports/a"],
    ["?job=a%2Fb&x=1", "http://127.0.0.1:8202/reports?job=a%2Fb&x=1"],
    ["https://api.example/jobs/7", "https://api.example/jobs/7"],
    ["//api.example/jobs/7", "http://api.example/jobs/7"],
  ])("%s leads to %s", (location, url) => expect(of(location)?.href).toBe(url));

  test.each(["", "/reports/[object Object]", "/reports/{id}", "/reports/%zz", "http://[", "mailto:a@b", "/a\u00fc"])(
    "%j leads nowhere",
    (location) => expect(of(location)).toBeNull(),
  );

  test("redirects with 301, 302, 307 and 308, and not with 303", () => {
    const to = (status: number) => redirectOf(answer(status, ["location", "/x"]))?.pathname;
    expect([301, 302, 307, 308, 303, 202].map(to)).toEqual(["/x", "/x", "/x", "/x", undefined, undefined]);
  });

  test("in a file run has a free host; of a running server loopback is taken as given, and no other host", () => {
    const real = worldOf(2, { clock: "real" });
    const at = (url: string) => addressesOf(new URL(url), real);
    expect(addressesOf(new URL("https://api.example/j?x=1"), worldOf(2))).toEqual(["http://127.0.0.1:8202/j?x=1"]);
    expect(at("http://127.0.0.1:8202/j")).toEqual(["http://127.0.0.1:8202/j"]);
    expect(at("http://localhost:9000/j")).toEqual(["http://localhost:9000/j", "http://127.0.0.1:8202/j"]);
    expect(at("https://api.example/j")).toEqual(["http://127.0.0.1:8202/j"]);
  });

  test("holds an id as a segment or a query value, percent-decoded once", () => {
    const holds = (path: string, id: string) => holdsId(new URL(path, "http://a.example"), id);
    expect(holds("/jobs/a%2Fb/state", "a/b")).toBe(true);
    expect(holds("/status?job=a%2Fb&x=1", "a/b")).toBe(true);
    expect(holds("/jobs/a%252Fb", "a/b")).toBe(false);
    expect(holds("/jobs/ab", "a")).toBe(false);
  });

  test("gets another id in the id's own place", () => {
    const other = (path: string, id: string) => withOtherId(new URL(path, "http://a.example"), id, "x/y");
    expect(other("/v1/reports/1", "1")).toBe("/v1/reports/x%2Fy");
    expect(other("/status?a=1&job=1", "1")).toBe("/status?a=x%2Fy&job=1");
    expect(other("/reports/job-7.json", "7")).toBe("/reports/job-x%2Fy.json");
    expect(other("/reports/latest", "7")).toBeNull();
  });

  test("with no id in it has the part changed that names the job", () => {
    const other = (path: string, twin: string) => {
      const [one, two] = [path, twin].map((text) => new URL(text, "http://a.example"));
      return one && two && withOtherPart(one, two, (run) => run.toUpperCase());
    };
    expect(other("/jobs/abc-d/state", "/jobs/xyz/state")).toBe("/jobs/ABC-d/state");
    expect(other("/jobs?token=ab&v=1", "/jobs?token=cd&v=1")).toBe("/jobs?token=AB&v=1");
    expect(other("/jobs/a/b", "/jobs/c/d")).toBeNull();
    expect(other("/jobs/a", "/jobs/a")).toBeNull();
  });

  test("with nothing to compare it with has its longest run changed", () => {
    const other = (path: string) => withOtherRun(new URL(path, "http://a.example"), (run) => run.toUpperCase());
    expect(other("/jobs/ab-cdef-g")).toBe("/jobs/ab-CDEF-g");
    expect(other("/jobs/abc/?k=v")).toBe("/jobs/ABC/?k=v");
    expect(other("/")).toBeNull();
  });
});

describe("an id that was never given out", () => {
  const random = () => 0.4;

  test.each([
    ["41", "1000044"],
    ["r-41", "r-1000044"],
    ["r-99", "r-1000102"],
    ["job_007", "job_999"],
    ["0007", "9999"],
    ["483920", "999999"],
    ["9950", "1009953"],
    ["1048576", "2048579"],
  ])("%s: its number is raised", (id, other) => expect(similarId(id, random)).toBe(other));

  test.each([
    ["0190a3f2-7c4e-7b21-8f00-9a3b1c2d4e5f", /^0190a3f2-7c4e-7b21-8f00-[0-9a-f]{12}$/],
    ["deadbeefcafe1234", /^deadbeef[0-9a-f]{8}$/],
    ["01ARZ3NDEKTSV4RRFFQ69G5FAV", /^01ARZ3NDEKTSV[0-9A-HJKMNP-TV-Z]{13}$/],
    ["1767603600250", /^176760\d{7}$/],
    ["a", /^[b-z]$/],
    ["--", /^--0$/],
  ])("%s keeps its make", (id, make) => {
    expect(similarId(id, random)).toMatch(make);
    expect(similarId(id, random)).not.toBe(id);
  });
});

test("the contract and a child are in the same zone", () => {
  expect(environment(false)["TZ"]).toBe("Asia/Kathmandu");
  const wall = new Date(epochMs).toLocaleString("sv-SE", { timeZone: "Asia/Kathmandu" }).replace(" ", "T");
  expect(wall).toBe(new Date(epochMs + zoneMs).toISOString().slice(0, 19));
});

test("the contract and a child's clock begin at the same instant", () => {
  const clock = readFileSync(path.join(root, "workbook", "run", "memory", "child", "reading.cjs"), "utf8");
  expect(clock).toContain("const epoch = Date.UTC(2026, 0, 5, 9, 0, 0, 250);");
  expect(epochMs).toBe(Date.UTC(2026, 0, 5, 9, 0, 0, 250));
});
