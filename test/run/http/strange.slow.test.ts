/** Servers that behave in a way that no clause expects, graded on the real clock. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grade } from "../../../workbook/grade/grade.ts";
import { exitCode } from "../../../workbook/report/summary.ts";
import { mutants } from "../../subjects/mutants/all.ts";
import { keyOf, reds, sourceOf } from "../../subjects/mutants/cases.ts";
import { newGradings, type Grading } from "./gradings.ts";
import { web } from "./naughty.ts";
import { lessonOf, newStage, notPassing } from "./start.ts";

/** A grading of exercise 04 takes two and a half minutes. */
const longMs = 300_000;
/** Between the starts of two gradings, ms. */
const apartMs = 200;

const stage = newStage();
afterAll(() => stage.end());
const gradings = newGradings();

const strange = {
  html: () =>
    web((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><h1>Welcome</h1>"),
    ),
  redirects: () => web((_, response) => response.writeHead(302, { location: "/reports" }).end()),
  /** Its Location names another host. The grader asks this one. */
  foreign: () => reports({ workMs: 5_000, locate: (id) => `http://reports.example:9/reports/${id}` }),
  /** Every report is completed at once. */
  hasty: () => reports({ workMs: 0, locate: (id) => `/reports/${id}` }),
} as const;

/** A small server whose reports count no books. */
function reports({ workMs, locate }: { workMs: number; locate: (id: string) => string }) {
  const at = new Map<string, number>();
  const result = { title: "Books", generatedAt: new Date().toISOString(), totalBooks: { count: 0 } };
  return web((request, response) => {
    request.resume();
    const isOrder = request.method === "POST";
    const id = isOrder ? `r${at.size + 1}` : ((request.url ?? "").split("/").pop() ?? "");
    if (isOrder) at.set(id, Date.now());
    const since = at.get(id);
    const isDone = since !== undefined && !isOrder && Date.now() - since >= workMs;
    const status = since === undefined ? 404 : isOrder ? 202 : 200;
    response.writeHead(status, { "content-type": "application/json", ...(isOrder && { location: locate(id) }) });
    response.end(JSON.stringify({ id, status: isDone ? "completed" : "processing", ...(isDone && { result }) }));
  });
}

beforeAll(async () => {
  const ready: Grading[] = [];
  for (const [name, start] of Object.entries(strange)) {
    const { url, close } = await start();
    ready.push([name, () => grade(lessonOf(name === "hasty" ? "3" : "2"), { url }).finally(close)]);
  }
  const dying = mutants.find((mutant) => keyOf(mutant) === "04 server no-catch");
  if (!dying) throw new Error("There is no mutant no-catch.");
  const url = await stage.supervised(stage.file("server.ts", sourceOf(dying)));
  ready.push(["supervised", () => grade(lessonOf("4"), { url })]);
  gradings.begin(ready, apartMs);
}, 60_000);

describe("a server", () => {
  test(
    "that answers with HTML fails the clauses about the response, and the notice says so",
    { timeout: longMs },
    async () => {
      const run = await gradings.runOf("html");
      expect(reds(run)[0]).toBe("accept.status");
      expect(run.notice).toMatch(/answered 200 with a web page\. Is this the address of your server\?$/);
      expect(exitCode(run)).toBe(1);
    },
  );

  test("that redirects for ever fails accept.status, and the notice says so", { timeout: longMs }, async () => {
    const run = await gradings.runOf("redirects");
    expect(reds(run)).toEqual(["accept.status"]);
    expect(run.notice).toMatch(/is answered with a redirect \(302, to \/reports\)/);
  });

  test(
    "whose Location names another host passes accept.location with a remark, and that host gets no request",
    { timeout: longMs },
    async () => {
      const run = await gradings.runOf("foreign");
      const location = run.verdicts.find(({ clause }) => clause === "accept.location");
      expect(location).toMatchObject({
        verdict: "pass",
        remark: "Location names reports.example:9: will your clients reach it?",
      });
      const asked = run.recordings.flatMap(({ events }) =>
        events.flatMap((event) => (event.is === "exchange" ? [event.exchange] : [])),
      );
      expect(asked.filter(({ request }) => new URL(request.url).hostname !== "127.0.0.1")).toEqual([]);
      expect(reds(run)).toEqual(["status.result"]);
    },
  );

  test(
    "that is never seen processing gets a notice, and the clauses that need it are not reached",
    { timeout: longMs },
    async () => {
      const run = await gradings.runOf("hasty");
      expect(reds(run)).toContain("status.processing");
      expect(run.notice).toBe(
        "The server was never seen processing, so what needs such an answer is not reached. A full report has to take 5 s.",
      );
      expect(run.verdicts.find(({ clause }) => clause === "retry-after.present")).toMatchObject({
        verdict: "not-reached",
        blockedBy: "status.processing",
      });
    },
  );

  test("that dies of failing work, and is started again, fails only fail.survives", { timeout: longMs }, async () => {
    const run = await gradings.runOf("supervised");
    expect(reds(run), notPassing(run).join("; ")).toEqual(["fail.survives"]);
    expect(run.problem?.message).toMatch(/ended in the middle of the work, and was started again/);
    expect(run.verdicts.find(({ clause }) => clause === "accept.malformed")?.verdict).toBe("pass");
    expect(exitCode(run)).toBe(1);
  });
});
