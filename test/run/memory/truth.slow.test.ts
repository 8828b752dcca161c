/** Whatever a learner's file does, the run ends and says what happened. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { findLesson } from "../../../workbook/content/catalogue.ts";
import type { Lesson } from "../../../workbook/content/lesson.ts";
import type { Verdict } from "../../../workbook/contract/model/clause.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { closePool } from "../../../workbook/run/memory/pool.ts";

const folder = mkdtempSync(path.join(tmpdir(), "truth-"));
afterAll(() => {
  closePool();
  rmSync(folder, { recursive: true, force: true });
});

/** A right server for exercise 02. `work` runs in the background, `handler` at the start of each POST. */
function server({ top = "", handler = "", work = "", end = "export default { fetch: handle };" } = {}): string {
  return `import { setTimeout as sleep } from "node:timers/promises";
${top}
const jobs = new Map<string, object>();
async function make(id: string) {
  ${work}
  await sleep(5000);
  jobs.set(id, { id, status: "completed", result: { title: "t", generatedAt: new Date().toISOString(), totalBooks: { count: 1 } } });
}
async function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method === "POST") {
    ${handler}
    const id = crypto.randomUUID();
    jobs.set(id, { id, status: "processing" });
    void make(id);
    return Response.json({ id, status: "processing" }, { status: 202, headers: { location: "/reports/" + id } });
  }
  const job = jobs.get(pathname.split("/")[2] ?? "");
  return job ? Response.json(job) : Response.json({ error: "none" }, { status: 404 });
}
${end}
`;
}

/** A client that polls every two seconds. */
function client({ top = "", before = "", polling = "", after = "" } = {}): string {
  return `${top}
export async function runReport(baseUrl: string, params: object) {
  ${before}
  const headers = { "content-type": "application/json" };
  const accepted = await fetch(baseUrl + "/reports", { method: "POST", headers, body: JSON.stringify(params) });
  await accepted.text();
  for (;;) {
    ${polling}
    const job = await (await fetch(new URL(accepted.headers.get("location") ?? "", baseUrl))).json() as { status: string; result: object };
    if (job.status === "completed") { ${after} return job.result; }
    await new Promise((resolve) => setTimeout(resolve, 8000));
  }
}
`;
}

function lesson(number: string, graded?: readonly string[]): Lesson {
  const found = findLesson(number);
  if (!found) throw new Error(`There is no lesson ${number}.`);
  return graded ? { ...found, graded } : found;
}

const serverClauses = [
  "accept.prompt",
  "accept.status",
  "accept.body",
  "accept.location",
  "status.processing",
  "status.completed",
];
const clientClauses = ["client.posts-once", "client.returns"];

let count = 0;

/** Grades texts as server.ts and client.ts of a folder of their own. */
async function gradeTexts(
  texts: { server?: string; client?: string },
  graded = [...serverClauses, ...clientClauses],
  of = "2",
): Promise<Run> {
  const own = mkdtempSync(path.join(folder, `${(count += 1)}-`));
  const write = (name: string, text: string) => {
    writeFileSync(path.join(own, name), text);
    return path.join(own, name);
  };
  return grade(lesson(of, graded), {
    ...(texts.server !== undefined && { server: write("server.ts", texts.server) }),
    ...(texts.client !== undefined && { client: write("client.ts", texts.client) }),
  });
}

function lineOf(text: string, words: string): number {
  return text.split("\n").findIndex((line) => line.includes(words)) + 1;
}

function verdictOf(run: Run, id: string): Verdict | undefined {
  return run.verdicts.find((verdict) => verdict.clause === id);
}

/** Only this side has verdicts. */
function onlyGraded(run: Run, side: "server" | "client"): void {
  expect(run.passed).toBe(false);
  expect(run.verdicts.length).toBeGreaterThan(0);
  expect(new Set(run.verdicts.map((verdict) => verdict.side))).toEqual(new Set([side]));
}

test("the files that these tests break pass as they are", async () => {
  const run = await gradeTexts({ server: server(), client: client() });
  expect(run.problem).toBeNull();
  expect(run.verdicts.filter((verdict) => verdict.verdict !== "pass")).toEqual([]);
  expect(run.passed).toBe(true);
});

test("a syntax error is one calm sentence with a line, and the other side is graded", async () => {
  const run = await gradeTexts({ server: "export default { fetch( }\n", client: client() });
  expect(run.problem).toMatchObject({ kind: "syntax", side: "server", line: 1, column: 25 });
  onlyGraded(run, "client");
});

test("a missing export says what to write, for both sides", async () => {
  const run = await gradeTexts({ server: server({ end: "" }), client: client() });
  expect(run.problem).toMatchObject({
    kind: "export",
    side: "server",
    message: expect.stringContaining("export default app;"),
  });
  onlyGraded(run, "client");
  const other = await gradeTexts({ client: "export const run = 1;" });
  expect(other.problem).toMatchObject({
    kind: "export",
    side: "client",
    message: expect.stringContaining("runReport"),
  });
  expect(other.verdicts).toEqual([]);
});

test("a missing package is named with its line", async () => {
  const text = server({ top: `import express from "express"; void express;` });
  const run = await gradeTexts({ server: text });
  expect(run.problem).toMatchObject({
    kind: "import",
    line: 2,
    message: expect.stringContaining("npm install express"),
  });
});

test("a name that a package does not export is named in the sentence", async () => {
  const run = await gradeTexts({ server: server({ top: `import { Hono2 } from "hono"; void Hono2;` }) });
  expect(run.problem).toMatchObject({ kind: "import", side: "server", message: expect.stringContaining("Hono2") });
});

test("a throw on import has its line", async () => {
  const text = server({ top: `if (Date.now() > 0) throw new Error("no key");` });
  const run = await gradeTexts({ server: text });
  expect(run.problem).toMatchObject({ kind: "throw", line: 2, message: expect.stringContaining("no key") });
  expect(run.verdicts).toEqual([]);
});

test("both files missing: the sentence names both", async () => {
  const run = await grade(lesson("2"), {
    server: path.join(folder, "no-server.ts"),
    client: path.join(folder, "no-client.ts"),
  });
  expect(run.problem).toMatchObject({
    kind: "import",
    message: expect.stringMatching(/no-server\.ts and no file .*no-client\.ts/),
  });
  expect(run.verdicts).toEqual([]);
});

test("an unhandled rejection in the work ends the server, and fails the clause under way with the line", async () => {
  const text = server({ work: `await sleep(100);\n  throw new TypeError("no such book");` });
  const run = await gradeTexts({ server: text });
  const failed = run.verdicts.filter((verdict) => verdict.verdict === "fail");
  expect(failed).toHaveLength(1);
  expect(failed[0]?.problem).toMatchObject({ kind: "throw", line: lineOf(text, "no such book") });
  expect(run.problem?.message).toContain("no such book");
  expect(verdictOf(run, "accept.prompt")?.verdict).toBe("pass");
});

test("a promise rejected with no reason is described in words", async () => {
  const run = await gradeTexts({ server: server({ work: "void Promise.reject();" }) });
  expect(run.problem).toMatchObject({ kind: "throw", message: expect.stringMatching(/rejected|undefined/) });
  expect(run.problem?.message).not.toContain("[object");
});

test("a second pass finds the line where a value was thrown that is no Error", async () => {
  const text = server({ work: `setTimeout(() => {\n    throw "just a text";\n  }, 100);` });
  const run = await gradeTexts({ server: text });
  expect(run.problem).toMatchObject({ kind: "throw", line: lineOf(text, "throw ") });
  expect(run.problem?.message).toContain(`server.ts throws at line ${lineOf(text, "throw ")}: just a text.`);
});

test.each([
  ["in a handler", "server", server({ handler: "let ready = false;\n    while (!ready) {}" }), "while (!ready)"],
  ["at import of a client", "client", client({ top: "let ready = false;\nwhile (!ready) {}" }), "while (!ready)"],
  ["in a client", "client", client({ before: "let ready = false;\n  while (!ready) {}" }), "while (!ready)"],
] as const)("a loop %s is stopped, with file and line", async (_, side, text, words) => {
  const run = await gradeTexts({ [side]: text });
  expect(run.problem).toMatchObject({ kind: "loop", side, line: lineOf(text, words) });
  expect(run.problem?.file).toMatch(new RegExp(`${side}\\.ts$`));
  expect(run.verdicts).toEqual([]);
});

test("a loop after the first request fails the clause under way", async () => {
  const text = client({ polling: "for (let ready = false; !ready; ) {}" });
  const run = await gradeTexts({ client: text }, ["client.posts-once", "client.returns"]);
  const failed = run.verdicts.filter((verdict) => verdict.verdict === "fail");
  expect(failed).toHaveLength(1);
  expect(failed[0]?.problem).toMatchObject({ kind: "loop", line: lineOf(text, "!ready") });
});

test("process.exit is reported with its line", async () => {
  const text = server({ handler: "process.exit(3);" });
  const run = await gradeTexts({ server: text });
  expect(run.problem).toMatchObject({ kind: "exit", line: lineOf(text, "process.exit") });
  expect(run.verdicts).toEqual([]);
});

test("a server that never answers is reported at once", async () => {
  const run = await gradeTexts({ server: server({ handler: "await new Promise(() => {});" }), client: client() });
  expect(run.problem).toMatchObject({ kind: "silent", side: "server" });
  onlyGraded(run, "client");
});

test("megabytes of output change no verdict", async () => {
  const run = await gradeTexts({
    server: server({ handler: `for (let i = 0; i < 20_000; i += 1) console.log("x".repeat(200));` }),
  });
  expect(run.passed).toBe(true);
  expect(run.output.length).toBeGreaterThan(0);
  expect(run.output.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1_000_000);
});

test("printed text is kept with its time and scenario, and its stacks name places in the file as written", async () => {
  const run = await gradeTexts({ server: server({ handler: `console.error(new Error("look here").stack);` }) }, [
    "accept.prompt",
  ]);
  expect(run.output[0]).toMatchObject({
    from: "server",
    text: expect.stringMatching(/look here[\s\S]*server\.ts:\d+:\d+/),
  });
});

test("endless memory growth is reported, with its line if that can be known", async () => {
  const text = server({
    handler: `const all: string[][] = [];\n    for (;;) {\n      all.push(new Array(1_000_000).fill("x"));\n      await new Promise(setImmediate);\n    }`,
  });
  const run = await gradeTexts({ server: text });
  expect(run.problem).toMatchObject({ kind: "memory", side: "server" });
  expect([lineOf(text, "all.push"), null]).toContain(run.problem?.line);
});

test("a timer that is never cleared fails client.quiet and nothing else", async () => {
  const text = client({ after: "setInterval(() => {}, 1000);" });
  const run = await gradeTexts(
    { client: text },
    ["client.posts-once", "client.returns", "client.stops", "client.quiet"],
    "3",
  );
  expect(run.verdicts.filter((verdict) => verdict.verdict === "fail").map((verdict) => verdict.clause)).toEqual([
    "client.quiet",
  ]);
  expect(verdictOf(run, "client.quiet")?.remark).toContain(`line ${lineOf(text, "setInterval")}`);
});

test("a client that sends nothing is graded: it fails client.posts-once", async () => {
  const run = await gradeTexts({ client: "export async function runReport() {}" });
  expect(run.problem).toBeNull();
  expect(verdictOf(run, "client.posts-once")?.verdict).toBe("fail");
});

test("a client that waits for ever without a request is graded too", async () => {
  const run = await gradeTexts({ client: "export function runReport() { return new Promise(() => {}); }" });
  expect(run.problem).toBeNull();
  expect(verdictOf(run, "client.posts-once")?.verdict).toBe("fail");
});

test("the same files give the same verdicts", async () => {
  const texts = { server: server(), client: client({ after: "setInterval(() => {}, 1000);" }) };
  const [one, two] = [await gradeTexts(texts), await gradeTexts(texts)];
  expect(JSON.stringify(two.verdicts)).toBe(JSON.stringify(one.verdicts));
});
