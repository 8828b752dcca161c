/** The object that other programs read. */
import { describe, expect, test } from "vitest";
import { toJson, toJsonAll } from "../../workbook/report/json.ts";
import { exchange, halfDone, hasty, recording, runOf, second, syntax } from "./sample.ts";

const paths = { server: "a.ts", client: "b.ts" };

describe("the object of --json", () => {
  test("has its fields in the documented order, and no others", () => {
    const json = toJson(hasty, paths);
    expect(Object.keys(json)).toEqual([
      "format",
      "exercise",
      "passed",
      "seed",
      "subject",
      "verdicts",
      "output",
      "problem",
      "elapsedMs",
      "virtualMs",
    ]);
    expect(json).toMatchObject({
      format: 1,
      exercise: "03-polling",
      passed: false,
      seed: 1,
      subject: paths,
      problem: null,
      elapsedMs: 38,
    });
    for (const verdict of json.verdicts) {
      expect(Object.keys(verdict)).toEqual([
        "clause",
        "side",
        "level",
        "verdict",
        "expected",
        "seen",
        "atMs",
        "blockedBy",
        "remark",
        "exchange",
      ]);
    }
    expect(json.output.map((each) => Object.keys(each))).toEqual([["from", "atMs", "scenario", "text"]]);
  });

  test("gives the marked exchange, its header names in lower case and joined", () => {
    const event = exchange(
      "A.post",
      0,
      0,
      ["POST", "/reports", "{}"],
      [
        202,
        "{}",
        [
          ["Vary", "a"],
          ["vary", "b"],
        ],
      ],
    );
    const json = toJson({ ...halfDone, recordings: [recording("S1", "server", [event])] }, paths);
    expect(json.verdicts.find((verdict) => verdict.clause === "accept.location")?.exchange).toEqual({
      request: {
        method: "POST",
        url: "http://127.0.0.1:3000/reports",
        headers: { "content-type": "application/json" },
        body: "{}",
      },
      response: { status: 202, headers: { "content-type": "application/json", vary: "a, b" }, body: "{}" },
    });
    expect(json.verdicts.find((verdict) => verdict.verdict === "pass")?.exchange).toBeNull();
  });

  test("has a null response if none came", () => {
    const event = exchange("A.post", 0, null, ["POST", "/reports", "{}"], null);
    const json = toJson({ ...halfDone, recordings: [recording("S1", "server", [event])] }, paths);
    expect(json.verdicts.find((verdict) => verdict.clause === "accept.location")?.exchange?.response).toBeNull();
  });

  test("describes a problem by kind, message, file and line only", () => {
    expect(toJson(runOf(second, { problem: syntax }), paths).problem).toEqual({
      kind: "syntax",
      message: syntax.message,
      file: syntax.file,
      line: 17,
    });
  });

  test("names what blocks a clause, and survives a round trip", () => {
    const json = toJson(hasty, paths);
    expect(json.verdicts.find((verdict) => verdict.clause === "client.adapts")).toMatchObject({
      verdict: "not-reached",
      blockedBy: "client.waits",
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test("holds several runs under one verdict", () => {
    const run = toJson(hasty, paths);
    expect(Object.entries(toJsonAll([run], false))).toEqual([
      ["format", 1],
      ["passed", false],
      ["runs", [run]],
    ]);
  });
});
