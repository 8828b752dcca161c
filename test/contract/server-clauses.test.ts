import { describe, expect, test } from "vitest";
import { leakIn } from "../../workbook/contract/clauses/fail/discreet.ts";
import type { Verdict } from "../../workbook/contract/model/clause.ts";
import type { ErrorRecord, Recording } from "../../workbook/contract/model/recording.ts";
import { type Job, json, reds, server, shown, verdicts, type Ways } from "./simulated.ts";

async function graded(ways: Ways, lesson = 4): Promise<Verdict[]> {
  return verdicts(lesson, server(ways));
}

function found(all: readonly Verdict[], clause: string): Verdict {
  const verdict = all.find((one) => one.clause === clause);
  if (!verdict) throw new Error(`${clause} was not judged`);
  return verdict;
}

/** The recording of a scenario cut off at a time by the end of the process. */
function ends(recording: Recording, atMs: number): Recording {
  const events = recording.events.filter((event) => event.is !== "exchange" || (event.exchange.doneMs ?? 0) < atMs);
  const problem = {
    kind: "throw",
    side: "server",
    message: "It threw.",
    file: null,
    line: null,
    column: null,
  } as const;
  return { ...recording, events: [...events, { is: "ended", atMs, problem }], lastedMs: atMs };
}

const error: ErrorRecord = {
  isError: true,
  name: "Error",
  message: "no",
  status: null,
  isReason: false,
  isInvalidUrl: false,
  isParserMessage: false,
  cause: null,
};

const processing = ({ id }: Job) =>
  json(200, { id, status: "processing" }, ["retry-after", "5"], ["cache-control", "no-store"]);

describe("the server's clauses", () => {
  test.each([2, 3, 4])("all pass for a right server in exercise %i", async (lesson) => {
    const all = await verdicts(lesson, server());
    expect(all.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(all.length).toBeGreaterThan(10);
  });

  test("wherever something is not reached, something failed, and it is named", async () => {
    const all = await graded({
      accept: ({ id }) => json(202, { id, status: "pending" }, ["location", `/reports/${id}`]),
    });
    expect(reds(all)).toEqual(["accept.body"]);
    const waiting = all.filter(({ verdict }) => verdict === "not-reached");
    expect(waiting.length).toBeGreaterThan(8);
    expect(new Set(waiting.map(({ blockedBy }) => blockedBy))).toEqual(new Set(["accept.body"]));
  });

  test("200 for 202 is one red, and a 201 is told where it comes from", async () => {
    const accept = (status: number) => ({
      accept: ({ id }: Job) =>
        json(status, { id, status: "processing" }, ["location", `/reports/${id}`], ["retry-after", "5"]),
    });
    expect(reds(await graded(accept(200)))).toEqual(["accept.status"]);
    expect(found(await graded(accept(201)), "accept.status").remark).toContain("guides");
  });

  test("a Location that needs a redirect, an opaque one, and one with a query are right", async () => {
    const jobOf = (number: string, all: ReadonlyMap<string, Job>) => all.get(`job-${number}`);
    const opaque: Ways = {
      accept: ({ id }) =>
        json(
          202,
          { id, status: "processing" },
          ["location", `https://api.example/q?key=k${id.slice(4)}&v=1#now`],
          ["retry-after", "5"],
        ),
      find: (path, all) => jobOf(/^\/q\?key=k(\d+)&v=1$/.exec(path)?.[1] ?? "", all),
    };
    expect(reds(await graded(opaque))).toEqual([]);
  });

  test("a Location that leads to the collection, to another job, or to the newest job is named", async () => {
    const at = (location: (job: Job) => string): Ways => ({
      accept: (job) =>
        json(202, { id: job.id, status: "processing" }, ["location", location(job)], ["retry-after", "5"]),
    });
    expect(found(await graded(at(() => "/reports")), "accept.location").seen).toContain(
      "your status is at /reports/job-1",
    );
    expect(reds(await graded(at(() => "/reports/undefined")))).toEqual(["accept.location"]);
    const latest: Ways = {
      ...at(() => "/reports/latest"),
      find: (path, all) => (path.endsWith("latest") ? [...all.values()].at(-1) : all.get(path.slice(9))),
    };
    expect(found(await graded(latest), "accept.location")).toMatchObject({
      verdict: "fail",
      expected: "a Location of its own for each job",
    });
  });

  test("where Location has the id and nobody answers, the status is named, not the Location", async () => {
    const gone: Ways = {
      show: (job, atMs) => (atMs < job.atMs + 5_000 ? json(404, { error: "not yet" }) : shown(job, atMs)),
    };
    expect(reds(await graded(gone))).toEqual(["status.processing"]);
  });

  test("work that is done too late fails accept.starts, work that is never done fails status.completed", async () => {
    expect(reds(await graded({ show: (job, atMs) => shown(job, atMs - 12_000) }))).toEqual(["accept.starts"]);
    expect(reds(await graded({ show: (job) => processing(job) }))).toContain("status.completed");
  });

  test("a word of its own for what is done is one red, with Retry-After or without", async () => {
    const done: Ways = {
      show: (job, atMs) =>
        atMs < job.atMs + 5_000 ? shown(job, atMs) : json(200, { id: job.id, status: "done", result: {} }),
    };
    expect(reds(await graded(done, 3))).toEqual(["status.completed"]);
  });

  test("result: null while the work runs is the same as none", async () => {
    const nulls: Ways = {
      show: (job, atMs) => {
        const answer = shown(job, atMs);
        return {
          ...answer,
          body: JSON.stringify({ result: null, error: null, ...(JSON.parse(answer.body) as object) }),
        };
      },
    };
    expect(reds(await graded(nulls))).toEqual([]);
  });

  test("two header lines are no value, and a date must be the right weekday", async () => {
    const after = (...lines: string[]): Ways => ({
      show: (job, atMs) => {
        const answer = shown(job, atMs);
        const rest = answer.headers.filter(([name]) => name !== "retry-after");
        if (rest.length === answer.headers.length) return answer;
        return { ...answer, headers: [...rest, ...lines.map((line) => ["retry-after", line] as const)] };
      },
    });
    expect(found(await graded(after("3", "4"), 3), "retry-after.valid").seen).toContain("2 lines");
    expect(found(await graded(after("Tue, 05 Jan 2026 09:00:09 GMT"), 3), "retry-after.valid").verdict).toBe("fail");
    expect(reds(await graded(after("Mon, 05 Jan 2026 09:00:09 GMT"), 3))).toEqual([]);
    expect(found(await graded(after("Mon, 05 Jan 2026 09:00:00 GMT"), 3), "retry-after.useful").seen).toContain("past");
    expect(found(await graded(after("Mon, 05 Jan 2026 09:02:00 GMT"), 3), "retry-after.useful").seen).toContain(
      "too late",
    );
  });

  test("404 in HTML is told kindly", async () => {
    const html: Ways = {
      first: ({ path }) =>
        path.endsWith("job-1000004")
          ? { status: 404, headers: [["content-type", "text/html"]], body: "<h1>404" }
          : undefined,
    };
    expect(found(await graded(html), "status.unknown")).toMatchObject({
      verdict: "fail",
      remark: "404 is right; its body must be JSON.",
    });
  });

  test("422 for malformed JSON passes, with advice", async () => {
    const all = await graded({
      first: ({ body }) => (body === '{"genre":' ? json(422, { error: "no JSON" }) : undefined),
    });
    expect(found(all, "accept.malformed")).toMatchObject({
      verdict: "pass",
      remark: expect.stringContaining("400") as string,
    });
  });

  test("a process that a failing job ends is laid to fail.survives alone", async () => {
    const all = await verdicts(4, server(), (recording) =>
      recording.scenario === "S6a" ? ends(recording, 5_000) : recording,
    );
    expect(reds(all)).toEqual(["fail.survives"]);
    const among = await verdicts(4, server(), (recording) =>
      recording.scenario === "S6b" ? ends(recording, 650) : recording,
    );
    expect(reds(among)).toEqual(["fail.survives"]);
    const atOnce = await verdicts(4, server(), (recording) =>
      recording.scenario === "S6a" ? ends(recording, 0) : recording,
    );
    expect(reds(atOnce)).toEqual(["fail.survives"]);
  });

  test("a swallowed rejection is fail.survives where the job was told as failed, and fail.reported where it was not", async () => {
    const swallow = (recording: Recording): Recording =>
      recording.scenario === "S6a"
        ? { ...recording, events: [...recording.events, { is: "unhandled", atMs: 5_000, error }] }
        : recording;
    expect(reds(await verdicts(4, server(), swallow))).toEqual(["fail.survives"]);
    const silent: Ways = {
      show: (job, atMs) => (/"failed"/.test(shown(job, atMs).body) ? processing(job) : shown(job, atMs)),
    };
    expect(reds(await verdicts(4, server(silent), swallow))).toEqual(["fail.reported"]);
  });

  test("a failed job that is deleted when read is status.settled, not fail.ok-status", async () => {
    const read = new Set<string>();
    const once: Ways = {
      show: (job, atMs) => {
        const key = `${job.params.genre} ${job.id}`;
        const over = /"failed"/.test(shown(job, atMs).body);
        if (over && read.has(key)) return json(404, { error: "gone" });
        if (over) read.add(key);
        return shown(job, atMs);
      },
    };
    expect(reds(await graded(once))).toEqual(["status.settled"]);
  });

  test("of a running server, Location may name another host: it passes, with a question", async () => {
    const named: Ways = {
      accept: ({ id }) =>
        json(
          202,
          { id, status: "processing" },
          ["location", `https://api.example/reports/${id}`],
          ["retry-after", "5"],
        ),
    };
    const all = await verdicts(4, server(named), undefined, { clock: "real" });
    expect(reds(all)).toEqual([]);
    expect(found(all, "accept.location").remark).toBe("Location names api.example: will your clients reach it?");
  });
});

describe("fail.discreet", () => {
  const paths = ["/home/ada", "/tmp", "C:\\Users\\Ada"];

  test.each([
    "Error: no\n    at makeReport (server.ts:12:3)",
    "No book. at work (learner:server:14:32)",
    "see file:///x/server.ts",
    "in node_modules/hono/dist",
    "open 'D:\\data\\books.json'",
    "open '/home/ada/books.json'",
    "open 'c:/users/ada/books.json'",
    "Traceback (most recent call last)",
    'File "app.py", line 12, in make',
  ])("finds the inside of the machine in %j", (text) =>
    expect(leakIn(JSON.stringify({ error: text }), paths)).not.toBeNull(),
  );

  test.each([
    "No book has the genre poetry.",
    "See https://api.example/home/ada/reports/7 for help, at any time: 12.",
    "It failed at 12:30.",
    "Try a/b or /reports/7.",
  ])("finds nothing in %j", (text) => expect(leakIn(JSON.stringify({ error: text }), paths)).toBeNull());
});
