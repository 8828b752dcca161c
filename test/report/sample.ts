/** Handwritten lessons, clauses and runs. Nothing here depends on the real lessons. */
import type { Lesson } from "../../workbook/content/lesson.ts";
import type { Clause, Level, Verdict } from "../../workbook/contract/model/clause.ts";
import type { Event, Exchange, HeaderPair, Problem, Recording, Side } from "../../workbook/contract/model/recording.ts";
import type { Run } from "../../workbook/contract/model/run.ts";
import type { CodeFrame } from "../../workbook/report/code-frame.ts";
import type { StepView } from "../../workbook/session/view.ts";

const why: Readonly<Record<string, string>> = {
  "accept.prompt":
    "Who waits for the work cannot tell, when the line drops, whether it was done. With 202 the client knows at once: taken on, not done.",
  "accept.location": "The client has an id, but only the server knows its own addresses.",
  "client.waits":
    "a thousand clients that ask seven times as often send six thousand requests in seven seconds that learn nothing new",
};

const sentences: Readonly<Record<string, string>> = {
  "accept.prompt": "the answer comes before the work is done",
  "accept.location": "Location leads to this job's status",
  "client.waits": "after a processing answer it sends nothing for at least Retry-After",
};

const hints = [
  "Your 202 has the header. Follow it by hand: what does it lead to?",
  "Location names this job, not the collection: the id belongs in it.",
  'c.header("Location", `/reports/${id}`) before c.json(…, 202)',
];

function clause(id: string, level: Level = "must", scenarios: readonly string[] = ["S1"]): Clause {
  return {
    id,
    side: id.startsWith("client.") ? "client" : "server",
    level,
    sentence: sentences[id] ?? `${id} holds`,
    why: why[id] ?? `${id} matters`,
    source: id === "accept.location" ? "a convention; its syntax: RFC 9110, section 10.2.2" : "the course",
    decided: "The grader looks.",
    hints,
    needs: [],
    yieldsTo: [],
    scenarios,
    check: () => ({ is: "pass" }),
  };
}

const kept01 = ["client.deadline", "client.unknown-outcome", "client.posts-once"];
const accept = ["accept.prompt", "accept.status", "accept.body", "accept.location"];
const status = ["status.processing", "status.completed", "status.result", "accept.starts", "status.unknown"];
const many = ["accept.unique", "status.isolated", "status.settled", "status.safe"];
const client02 = ["client.returns"];
const sayWhen = ["retry-after.present", "retry-after.valid", "retry-after.useful"];
const wait = ["client.waits", "client.not-late", "client.adapts"];

export const clauses: readonly Clause[] = [
  ...[...accept, ...status, ...many, ...sayWhen].map((id) => clause(id)),
  clause("retry-after.on-accept", "should"),
  ...[...kept01, ...client02, ...wait].map((id) => clause(id, "must", ["C-waits"])),
  clause("client.long-wait", "should", ["C-long"]),
];

function lesson(number: number, slug: string, title: string, more: Partial<Lesson>): Lesson {
  return {
    slug,
    number,
    title,
    section: "a section",
    minutes: 6,
    task: "When may the client ask again?",
    runs: "memory",
    edits: ["server.ts", "client.ts"],
    startsFrom: { "server.ts": "own", "client.ts": "own" },
    files: ["server.ts", "client.ts"],
    parts: [],
    kept: [],
    keeps: null,
    graded: [],
    replaces: {},
    curl: [],
    pictures: [{ scenario: "S1", caption: "Your server answers before the work is done" }],
    ways: [],
    quiz: [
      {
        question: "Why does the 202 have a Location header, when the body has the id?",
        answers: [
          { text: "So that the browser goes there by itself.", right: false },
          { text: "So that the client needs no rule for building the address.", right: true },
          { text: "Because 202 is a redirect.", right: false },
        ],
        explanation:
          "202 is no redirect: only 3xx makes a client move. Location tells where the status is, so the server may change its addresses and no client breaks.",
      },
    ],
    ...more,
  };
}

export const first = lesson(1, "01-not-everything-is-instant", "Not everything is instant", {
  edits: ["client.ts"],
  parts: [{ title: "Not everything is instant", teaches: kept01.slice(0, 2), guards: kept01.slice(2) }],
  graded: kept01,
});

export const second = lesson(2, "02-accepted", "Accepted", {
  parts: [
    { title: "Accept", teaches: accept, guards: [] },
    { title: "Status", teaches: status, guards: [] },
    { title: "Many", teaches: many, guards: [] },
    { title: "Client", teaches: client02, guards: [] },
  ],
  keeps: { lesson: "01-not-everything-is-instant", less: [] },
  kept: kept01,
  graded: [...kept01, ...accept, ...status, ...many, ...client02],
});

export const third = lesson(3, "03-polling", "Polling", {
  parts: [
    { title: "Say when", teaches: [...sayWhen, "retry-after.on-accept"], guards: [] },
    { title: "Wait", teaches: wait, guards: ["client.long-wait"] },
  ],
  keeps: { lesson: "02-accepted", less: [] },
  kept: second.graded,
  graded: [...second.graded, ...sayWhen, "retry-after.on-accept", ...wait, "client.long-wait"],
});

export const lessons: readonly Lesson[] = [first, second, third];

const json: HeaderPair = ["content-type", "application/json"];

export function exchange(
  label: string,
  sentMs: number,
  doneMs: number | null,
  ask: [method: string, path: string, body?: string],
  answer: [status: number, body: string, headers?: HeaderPair[]] | null,
): Event {
  const [method, path, body] = ask;
  const whole: Exchange = {
    label,
    request: { method, url: `http://127.0.0.1:3000${path}`, headers: [json], body: body ?? null },
    response: answer && { status: answer[0], body: answer[1], headers: [json, ...(answer[2] ?? [])] },
    failure: answer ? null : { kind: "never", message: "" },
    sentMs,
    doneMs,
    slow: false,
  };
  return { is: "exchange", exchange: whole };
}

const ordered = '{"genre":"poetry"}';
const processing = '{"id":"r-41","status":"processing"}';
const completed = '{"id":"r-41","status":"completed","result":{"totalBooks":{"count":212}}}';

export function recording(scenario: string, side: Side, events: readonly Event[]): Recording {
  return { scenario, side, clock: "virtual", events, lastedMs: 40_300 };
}

/** A server that responds to the POST once the work is done. */
export const blockingServer = recording("S1", "server", [
  exchange("A.post", 0, 5000, ["POST", "/reports", ordered], [200, completed]),
]);

/** A server whose Location leads to the collection. */
export const wrongLocation = recording("S1", "server", [
  exchange("A.post", 0, 0, ["POST", "/reports", ordered], [202, processing, [["location", "/reports"]]]),
  exchange("A.get", 0, 0, ["GET", "/reports"], [404, "404 Not Found"]),
  exchange("A.get", 1300, 1300, ["GET", "/reports"], [404, "404 Not Found"]),
]);

export const goodServer = recording("S1", "server", [
  exchange("A.post", 0, 0, ["POST", "/reports", ordered], [202, processing, [["location", "/reports/r-41"]]]),
  exchange("A.get", 4200, 4200, ["GET", "/reports/r-41"], [200, processing]),
  exchange("A.get", 10_500, 10_500, ["GET", "/reports/r-41"], [200, completed]),
  exchange("A.get", 20_300, 20_300, ["GET", "/reports/r-41"], [200, completed]),
]);

const again: HeaderPair[] = [["retry-after", "7"]];

/** A client that polls too early. */
export const hastyClient = recording("C-waits", "client", [
  exchange("post", 0, 800, ["POST", "/reports", ordered], [202, processing, [["location", "/reports/r-41"]]]),
  exchange("get", 800, 1600, ["GET", "/reports/r-41"], [200, processing, again]),
  { is: "printed", atMs: 1600, from: "client", text: "waiting\n" },
  exchange("get", 2600, 3400, ["GET", "/reports/r-41"], [200, processing, again]),
  { is: "resolved", atMs: 9000, type: "object", json: "{}" },
]);

/** Verdicts in contract order. Clauses that `others` doesn't name pass. */
export function verdictsOf(of: Lesson, others: Readonly<Record<string, Partial<Verdict>>>): Verdict[] {
  return clauses
    .filter(({ id }) => of.graded.includes(id))
    .map(({ id, side, level }) => ({
      clause: id,
      side,
      level,
      verdict: "pass",
      expected: null,
      seen: null,
      atMs: null,
      blockedBy: null,
      remark: null,
      mark: null,
      problem: null,
      ...others[id],
    }));
}

/** Verdicts for clauses that one clause blocks. */
export function waiting(ids: readonly string[], blockedBy: string): Record<string, Partial<Verdict>> {
  return Object.fromEntries(ids.map((id) => [id, { verdict: "not-reached", blockedBy }]));
}

export function runOf(of: Lesson, more: Partial<Run>): Run {
  return {
    exercise: of.slug,
    subject: { server: "/home/you/a.ts", client: "/home/you/b.ts" },
    seed: 1,
    passed: false,
    verdicts: [],
    problem: null,
    recordings: [],
    output: [],
    elapsedMs: 23,
    virtualMs: 25_000,
    notice: null,
    ...more,
  };
}

/** Exercise 02, nothing done yet. */
export const nothingDone = runOf(second, {
  elapsedMs: 21,
  recordings: [blockingServer],
  verdicts: verdictsOf(second, {
    "accept.prompt": {
      verdict: "fail",
      expected: "an answer within 1.0 s",
      seen: "200 OK after 5.0 s, when the report was made",
      atMs: 5000,
      mark: { scenario: "S1", event: 0, on: "status" },
    },
    ...waiting([...accept.slice(1), ...status, ...many, ...client02], "accept.prompt"),
  }),
});

/** Exercise 02, half done. */
export const halfDone = runOf(second, {
  recordings: [wrongLocation],
  verdicts: verdictsOf(second, {
    "accept.location": {
      verdict: "fail",
      expected: 'GET on the Location answers JSON with id "r-41"',
      seen: "Location: /reports, which answers 404",
      atMs: 0,
      mark: { scenario: "S1", event: 0, on: "header:location" },
    },
    ...waiting([...status, ...many.slice(1), ...client02], "accept.location"),
  }),
});

export const passed = runOf(second, {
  passed: true,
  elapsedMs: 22,
  recordings: [goodServer],
  verdicts: verdictsOf(second, {}),
});

/** Exercise 03: the server is right, the client polls too early, and one `should` fails. */
export const hasty = runOf(third, {
  elapsedMs: 38,
  recordings: [hastyClient],
  output: [{ from: "client", atMs: 1600, scenario: "C-waits", text: "waiting\n" }],
  verdicts: verdictsOf(third, {
    "client.waits": {
      verdict: "fail",
      expected: "no request before 8.6 s",
      seen: "GET /reports/r-41 at 2.6 s, 6.0 s too early",
      atMs: 2600,
      mark: { scenario: "C-waits", event: 3, on: "request" },
    },
    "retry-after.on-accept": { verdict: "fail", expected: "Retry-After", seen: "the 202 has no Retry-After" },
    ...waiting([...wait.slice(1), "client.long-wait"], "client.waits"),
  }),
});

export const syntax: Problem = {
  kind: "syntax",
  side: "server",
  message: 'server.ts, line 17, column 34: expected ")" but found "}".',
  file: "exercises/02-accepted/server.ts",
  line: 17,
  column: 34,
};

export const syntaxFrame: CodeFrame = {
  lines: [
    { number: 15, text: '  app.post("/reports", async (c) => {', marked: false },
    { number: 16, text: "    const id = crypto.randomUUID();", marked: false },
    { number: 17, text: "    jobs.set(id, { at: Date.now( });", marked: true },
    { number: 18, text: "    return c.json({ id }, 202);", marked: false },
  ],
  column: 34,
};

export const loop: Problem = {
  kind: "loop",
  side: "client",
  message:
    "client.ts never gives the turn back: line 12 was still running after 1 s. " +
    "A loop without an await lets nothing else run: put an await in it (fetch, or a wait).",
  file: "exercises/03-polling/client.ts",
  line: 12,
  column: 3,
};

export const loopFrame: CodeFrame = {
  lines: [
    { number: 11, text: "  let ready = false;", marked: false },
    { number: 12, text: "  while (!ready) {}", marked: true },
    { number: 13, text: '  const accepted = await fetch(new URL("/reports", baseUrl), {', marked: false },
  ],
  column: null,
};

/** A step's view of a run. */
export function stepOf(of: Lesson, run: Run, more: Partial<StepView> = {}): StepView {
  const following = lessons[lessons.indexOf(of) + 1] ?? null;
  const now = { is: "run", run, at: "14:06:30", frame: null, last: null } as const;
  return { is: "step", live: true, lesson: of, following, clauses, now, types: [], quiz: [], hints: {}, ...more };
}
