import { describe, expect, test } from "vitest";
import type { ModelClient } from "./client-bench.ts";
import { failed, failing, verdictsOn, waiting } from "./client-grading.ts";
import type { Habits } from "./client-model.ts";
import { clientWith, right, toldMs } from "./client-model.ts";

describe("one fault, one red clause", () => {
  const faults: [string, string, Partial<Habits>][] = [
    ["client.posts-once", "two POSTs", { posts: 2 }],
    ["client.posts-once", "no body", { body: () => undefined }],
    ["client.posts-once", "wrapped params", { body: (params) => JSON.stringify({ params }) }],
    ["client.posts-once", "no content type", { contentType: undefined }],
    ["client.immediate", "it polls although the POST had the result", { takesResult: false }],
    ["client.deadline", "no deadline", { deadlineMs: () => 1e9 }],
    ["client.deadline", "it gives up at once", { deadlineMs: () => 1 }],
    ["client.unknown-outcome", "an error of another name", { late: () => new Error("late") }],
    ["client.returns", "undefined", { result: () => undefined }],
    ["client.returns", "the envelope", { result: (job) => job }],
    [
      "client.returns",
      "only 200 is taken",
      { acceptsStatus: (status) => status === 200, refuse: (a) => new Error(`no: ${a.status}`) },
    ],
    [
      "client.follows-location",
      "built from the id",
      { statusUrl: (a, base) => `${base}/reports/${(JSON.parse(a.body) as { id: string }).id}` },
    ],
    ["client.follows-location", "Location as it is", { statusUrl: (a) => a.header("location") ?? "" }],
    ["client.follows-location", "strings joined", { statusUrl: (a, base) => base + (a.header("location") ?? "") }],
    [
      "client.follows-location",
      "the query dropped",
      { statusUrl: (a, base) => new URL(right.statusUrl(a, base).split("?")[0] ?? "").href },
    ],
    ["client.follows-location", "decoded", { statusUrl: (a, base) => decodeURIComponent(right.statusUrl(a, base)) }],
    ["client.waits", "ms for s", waiting((told) => told / 1_000)],
    ["client.waits", "half", waiting((told) => told / 2)],
    [
      "client.waits",
      "counted from the request",
      { waitMs: (a, io, p) => right.waitMs(a, io, p) - (io.now() - p.askedAt) },
    ],
    ["client.not-late", "minutes for seconds", waiting((told) => told * 60)],
    ["client.not-late", "doubling without end", waiting((told, n) => told * 2 ** n)],
    ["client.http-date", "parseInt", { waitMs: (a) => parseInt(a?.header("retry-after") ?? "5", 10) * 1_000 }],
    [
      "client.http-date",
      "Number or 5",
      { waitMs: (a) => Math.min(Number(a?.header("retry-after")) || 5, 86_400) * 1_000 },
    ],
    ["client.http-date", "no floor", waiting((told) => Math.min(told, 86_400_000))],
    [
      "client.default-wait",
      "nothing is 0",
      { waitMs: (a, io, p) => (a && toldMs(a, io) === undefined ? 0 : right.waitMs(a, io, p)) },
    ],
    [
      "client.default-wait",
      "nothing is a minute",
      { waitMs: (a, io) => Math.min(Math.max(toldMs(a, io) ?? 60_000, 1_000), 86_400_000) },
    ],
    ["client.long-wait", "30 days for setTimeout", waiting((told) => Math.max(told, 1_000))],
    [
      "client.stops",
      "an interval goes on",
      {
        after: (io, url) => {
          const tick = () => {
            io.timer(5_000, tick);
            void io.send({ method: "GET", url });
          };
          io.timer(5_000, tick);
        },
      },
    ],
    [
      "client.quiet",
      "a timer is left",
      {
        after: (io) => {
          io.timer(1e9, () => {});
        },
      },
    ],
    ["client.quiet", "the deadline is left", { clearsDeadline: false }],
    ["client.throws", "a string", { fail: (job) => job.error }],
    ["client.throws", "[object Object]", { fail: (job) => new Error(String(job)) }],
    ["client.refused", "it goes on", { acceptsStatus: () => true }],
    ["client.refused", "no word of the status", { refuse: () => new Error("refused") }],
    [
      "client.no-location",
      "it polls /null",
      { statusUrl: (a, base) => new URL(String(a.header("location")), `${base}/`).href },
    ],
    ["client.gone", "for ever", { isTrouble: (status) => status >= 400 }],
    [
      "client.never-reposts",
      "POST after a 503",
      { onTrouble: (io, base) => io.send({ method: "POST", url: `${base}/reports` }) },
    ],
    ["client.patient", "it dies at the first 503", { isTrouble: () => false }],
    [
      "client.patient",
      "1 s whatever the 503 says",
      { waitMs: (a, io, p) => (a?.status === 503 ? 1_000 : right.waitMs(a, io, p)) },
    ],
    ["client.not-json", "the parser's words", { parse: (text) => JSON.parse(text) as object }],
    ["client.abort", "the wait's timer is left", { clearsWait: false }],
    ["client.abort", "POSTs although aborted", { heedsSignalAtOnce: false }],
  ];
  test.each(faults)("%s: %s", async (clause, _about, habits) => {
    expect(await failing(habits)).toEqual([clause]);
  });

  test("client.adapts: Retry-After is read once", async () => {
    const readOnce: ModelClient = (...call) => {
      let ms: number | undefined;
      return clientWith({ waitMs: (...more) => (ms ??= right.waitMs(...more)) })(...call);
    };
    const verdicts = await verdictsOn(readOnce);
    expect(failed(verdicts)).toEqual(["client.adapts"]);
  });

  test("client.not-late: it gives up after three polls", async () => {
    const waitMs: Habits["waitMs"] = (answer, io, poll) => {
      if (poll.n === 3) throw new Error("too long");
      return right.waitMs(answer, io, poll);
    };
    expect(await failing({ waitMs })).toEqual(["client.not-late"]);
  });

  test("a client that sends nothing fails client.posts-once, and nothing else is red", async () => {
    const verdicts = await verdictsOn(() => new Promise(() => {}));
    expect(failed(verdicts)).toEqual(["client.posts-once"]);
  });
});

test("of a result that is nearly right the field is named that is not", async () => {
  const result = (job: object) => ({ ...(job as { result: object }).result, title: "Sales" });
  const verdicts = await verdictsOn(clientWith({ result }));
  const verdict = verdicts.find(({ clause }) => clause === "client.returns");
  expect(verdict?.remark).toMatch(/^Nearly: its title is "Sales", where the answer's result had "Sales of .+\.$/);
});
