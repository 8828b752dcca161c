/** The story of one job, picked from a recording. */
import { expect, test } from "vitest";
import { storyOf } from "../../workbook/report/story.ts";
import type { Recording } from "../../workbook/contract/model/recording.ts";
import { exchange, recording } from "./sample.ts";

const at = (path: string) => [["location", path] as [string, string]];
const job = (id: string, status: string) => JSON.stringify({ id, status });

/** "0 POST /reports 202" for an exchange; other events by their kind. */
function inWords({ events }: Recording): string[] {
  return events.map((event) => {
    if (event.is !== "exchange") return event.is;
    const { sentMs, request, response } = event.exchange;
    return `${sentMs} ${request.method} ${new URL(request.url).pathname} ${response?.status ?? "lost"}`;
  });
}

const server = recording("S8", "server", [
  exchange("A.post", 0, 0, ["POST", "/reports", "{}"], [202, job("a", "processing"), at("/reports/a")]),
  exchange("B.post", 50, 50, ["POST", "/reports", "{}"], [202, job("b", "processing"), at("/reports/b")]),
  exchange("A.get", 100, 100, ["GET", "/reports/a"], [200, job("a", "processing")]),
  exchange("B.get", 200, 200, ["GET", "/reports/b"], [200, job("b", "processing")]),
  exchange("A.get", 6000, 6000, ["GET", "/reports/a"], [200, job("a", "completed")]),
  exchange("A.get", 7000, 7000, ["GET", "/reports/a"], [200, job("a", "completed")]),
]);

test("of a server it is the first job only, up to the last response that says something new", () => {
  expect(inWords(storyOf(server))).toEqual([
    "0 POST /reports 202",
    "100 GET /reports/a 200",
    "6000 GET /reports/a 200",
  ]);
});

test("a response that changes later is included, with those before it", () => {
  const gone = exchange("A.get", 90_000, 90_000, ["GET", "/reports/a"], [404, "gone"]);
  expect(inWords(storyOf({ ...server, events: [...server.events, gone] })).slice(-2)).toEqual([
    "7000 GET /reports/a 200",
    "90000 GET /reports/a 404",
  ]);
});

test("of a client it is all of its requests, and how its call was rejected; the last response has the result", () => {
  const asked = [
    exchange("post", 0, 800, ["POST", "/reports", "{}"], [202, job("r", "processing"), at("/elsewhere/r")]),
    exchange("get", 800, 1600, ["GET", "/elsewhere/r"], [200, job("r", "failed")]),
  ];
  const error = { isError: true, name: "Error", message: "no", stack: [], causes: [] };
  const rejected = { is: "rejected", atMs: 1600, error } as never;
  const resolved = { is: "resolved", atMs: 1600, type: "object", json: "{}" } as const;
  expect(inWords(storyOf(recording("C", "client", [...asked, rejected])))).toEqual([
    "0 POST /reports 202",
    "800 GET /elsewhere/r 200",
    "rejected",
  ]);
  expect(inWords(storyOf(recording("C", "client", [...asked, resolved])))).toHaveLength(2);
});

test("a POST without a response is a story too, and an empty recording has none", () => {
  const lost = exchange("post", 0, null, ["POST", "/reports", "{}"], null);
  expect(inWords(storyOf(recording("C", "client", [lost])))).toEqual(["0 POST /reports lost"]);
  expect(storyOf(recording("C", "client", [])).events).toEqual([]);
});
