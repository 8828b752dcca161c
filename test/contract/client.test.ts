import { describe, expect, test } from "vitest";
import type { Recording } from "../../workbook/contract/model/recording.ts";
import type { ModelClient } from "./client-bench.ts";
import { failed, failing, verdictsOn, waiting } from "./client-grading.ts";
import type { Habits } from "./client-model.ts";
import { clientWith, right } from "./client-model.ts";

const first = ["client.posts-once", "client.immediate", "client.deadline", "client.unknown-outcome"];

describe("a right client passes every clause", () => {
  const ways: [string, Partial<Habits>][] = [
    ["as it is", {}],
    ["with jitter up to the limit", waiting((told) => Math.min(Math.max(told, 1_000) * 2 + 900, 86_400_000))],
    ["with a cap of a minute", waiting((told) => Math.min(Math.max(told, 1_000), 60_000))],
    [
      "that asks again at once when it is cut off",
      { waitMs: (answer, ...more) => (answer ? right.waitMs(answer, ...more) : 0) },
    ],
  ];
  test.each(ways)("%s", async (_name, habits) => {
    expect((await verdictsOn(clientWith(habits))).filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  });

  test("that gives up when the next poll would miss the deadline, also with jitter", async () => {
    const impatient: ModelClient = (io, baseUrl, params, options) => {
      const endMs = io.now() + (options?.timeoutMs ?? Infinity);
      const waitMs: Habits["waitMs"] = (answer, ...more) => {
        const ms = right.waitMs(answer, ...more) * 2;
        if (io.now() + ms > endMs) throw right.late();
        return ms;
      };
      return clientWith({ waitMs })(io, baseUrl, params, options);
    };
    expect((await verdictsOn(impatient)).filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  });
});

describe("in exercise 01", () => {
  test("a client that only posts passes: polling is not asked for yet", async () => {
    const habits = {
      statusUrl: () => {
        throw new Error("A 202 is not known here.");
      },
    };
    expect(await failing(habits, first)).toEqual([]);
  });

  test("client.posts-once looks at the runs of client.immediate", async () => {
    expect(await failing({ contentType: "text/plain" }, first)).toEqual(["client.posts-once"]);
  });

  test("client.deadline leaves out its part with polls", async () => {
    const verdicts = await verdictsOn(clientWith({ deadlineMs: (ms) => (ms === 10_000 ? 1e9 : ms) }), first);
    expect(verdicts.every(({ verdict }) => verdict === "pass")).toBe(true);
  });
});

describe("a verdict of a client", () => {
  test("points to the request that came too early, in absolute times and by how much", async () => {
    const verdicts = await verdictsOn(clientWith(waiting(() => 1_000)));
    const waits = verdicts.find(({ clause }) => clause === "client.waits");
    expect(waits).toMatchObject({
      expected: "no request before 8.6 s (Retry-After: 7)",
      seen: expect.stringMatching(/^GET \/reports\/r-\d{4} at 2\.6 s, 6\.0 s too early$/) as unknown,
      atMs: 2_600,
      mark: { scenario: "C-waits", on: "request" },
    });
  });

  test("says kindly that the time is right but counted from the request", async () => {
    const verdicts = await verdictsOn(
      clientWith({ waitMs: (a, io, p) => right.waitMs(a, io, p) - (io.now() - p.askedAt) }),
    );
    expect(verdicts.find(({ clause }) => clause === "client.waits")?.remark).toMatch(/counted from the request/);
  });
});

describe("a client whose process ends", () => {
  const problem = {
    kind: "exit",
    side: "client",
    message: "It ends the process.",
    file: null,
    line: null,
    column: null,
  } as const;
  const endsIn = (scenario: string, kept: number) => (recording: Recording) =>
    recording.scenario === scenario
      ? { ...recording, events: [...recording.events.slice(0, kept), { is: "ended", atMs: 800, problem } as const] }
      : recording;

  test("after the POST fails the first clause that misses the answer", async () => {
    const verdicts = await verdictsOn(clientWith(), undefined, endsIn("C-returns-first-poll", 1));
    expect(failed(verdicts)).toEqual(["client.returns"]);
    expect(verdicts.find(({ clause }) => clause === "client.returns")?.problem).toEqual(problem);
  });

  test("before any request fails client.posts-once", async () => {
    expect(failed(await verdictsOn(clientWith(), undefined, endsIn("C-returns-first-poll", 0)))).toEqual([
      "client.posts-once",
    ]);
  });

  test("when a poll is answered 404 fails client.gone", async () => {
    expect(failed(await verdictsOn(clientWith(), undefined, endsIn("C-gone-404", 3)))).toEqual(["client.gone"]);
  });
});
