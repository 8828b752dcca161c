/**
 * Gradings on the real clock. All of them begin at once, since each mostly waits; the tests then ask for the results.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { places } from "../../../workbook/content/catalogue.ts";
import type { ClauseId } from "../../../workbook/contract/model/clause.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { root } from "../../../workbook/root.ts";
import { scenarios } from "../../../workbook/contract/scenarios/all.ts";
import { exitCode } from "../../../workbook/report/summary.ts";
import { gradeCase, reds, sourceOf } from "../../subjects/mutants/cases.ts";
import { mutants } from "../../subjects/mutants/all.ts";
import { inLanes } from "../../steady/lanes.ts";
import { world } from "../../world.ts";
import { web } from "./naughty.ts";
import { has, lessonOf, newStage, notPassing, verdictsOf } from "./start.ts";

/** A grading of exercise 04 takes two minutes; on a busy machine the last one may begin late. */
const longMs = 600_000;

const stage = newStage();
afterAll(() => stage.end());

const tools = { python: has("python3"), curl: has("curl"), jq: has("jq") };
const example = (...names: string[]) => path.join(root, "examples", ...names);
const text = (...names: string[]) => readFileSync(example(...names), "utf8");

/** Begun in beforeAll, asked for by name. */
const runs = new Map<string, Promise<Run>>();

function begin(name: string, run: Promise<Run>): void {
  run.catch(() => undefined); // The test that asks for it is told.
  runs.set(name, run);
}

type Grading = readonly [name: string, run: () => Promise<Run>];

/** In real time a busy machine makes answers and waits late: so many gradings at the same time are enough. */
function beginInLanes(lanes: number, gradings: readonly Grading[]): void {
  const starts = gradings.map(([name, run]) => {
    let start = async () => {};
    const ended = new Promise<Run>((resolve) => {
      start = async () => {
        const running = run();
        resolve(running);
        await running.catch(() => undefined); // As in begin.
      };
    });
    begin(name, ended);
    return start;
  });
  void inLanes(starts, lanes, new AbortController().signal, (start) => start());
}

async function runOf(name: string): Promise<Run> {
  const run = runs.get(name);
  if (!run) throw new Error(`${name} was not begun.`);
  return await run;
}

const servers: readonly [name: string, needs: boolean, command: string, args: readonly string[]][] = [
  ["Python", tools.python, "python3", [example("python", "server.py")]],
  ["node:http", true, process.execPath, [example("node-http", "server.js")]],
];
const exercises = ["2", "3", "4"] as const;

const commands: readonly [name: string, needs: boolean, exercise: string, command: string][] = [
  ["Python's client", tools.python, "2", `python3 ${example("python", "client.py")}`],
  ["Python's client", tools.python, "4", `python3 ${example("python", "client.py")}`],
  ["Python's client", tools.python, "5", `python3 ${example("python", "client.py")}`],
  ["the shell's client", tools.curl && tools.jq, "2", `sh ${example("shell", "client.sh")}`],
];

const solutions = ["03-polling", "04-failing", "05-when-to-use-202"];

/** Wrong servers, by their name in test/mutants. */
const wrongServers: readonly string[] = [
  "waits-for-the-work",
  "location-of-the-collection",
  "starts-at-the-first-poll",
  "deleted-when-read",
  "a-poll-hastens-it",
  "with-a-unit",
  "time-left-rounded-down",
  "malformed-kills-the-process",
  "no-catch",
  "one-failure-fails-all",
];

/** Wrong clients in Python: a text, and what stands there instead. */
const wrongClients: readonly [clause: ClauseId, exercise: string, find: string, replace: string][] = [
  ["client.posts-once", "2", '"Content-Type": "application/json"', '"Content-Type": "text/plain"'],
  ["client.returns", "2", 'json.dumps(job["result"])', "json.dumps(job)"],
  [
    "client.follows-location",
    "2",
    'urljoin(base_url + "/reports", headers["Location"])',
    'base_url + "/reports/" + json.loads(body)["id"]',
  ],
  ["client.waits", "3", "time.sleep(wait_seconds(headers))", "time.sleep(1)"],
  ["client.not-late", "3", "time.sleep(wait_seconds(headers))", "time.sleep(30)"],
  [
    "client.quiet",
    "3",
    '    print(json.dumps(job["result"]))',
    '    print(json.dumps(job["result"]), flush=True)\n    time.sleep(60)',
  ],
  [
    "client.not-json",
    "4",
    'except ValueError:\n        raise Failed(f"The answer to the {what} is not JSON.") from None',
    "except ZeroDivisionError:\n        pass",
  ],
  [
    "client.never-reposts",
    "4",
    '        elif status >= 400:\n            raise Failed(f"The status was answered with {status}.")',
    '        elif status >= 400:\n            order(os.environ["BASE_URL"], json.loads(os.environ["PARAMS"]))\n            raise Failed(f"The status was answered with {status}.")',
  ],
];

function edited(source: string, find: string, replace: string): string {
  if (source.split(find).length !== 2) throw new Error(`The example has not once ${JSON.stringify(find)}.`);
  return source.replace(find, () => replace);
}

const strange = {
  html: () =>
    web((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><h1>Welcome</h1>"),
    ),
  redirects: () => web((_, response) => response.writeHead(302, { location: "/reports" }).end()),
  /** Says Location on another host; it is looked for here all the same. */
  foreign: () => reports({ workMs: 5_000, locate: (id) => `http://reports.example:9/reports/${id}` }),
  /** Has every report at once. */
  hasty: () => reports({ workMs: 0, locate: (id) => `/reports/${id}` }),
} as const;

/** A small server of reports, each with no book. */
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

/** By then the scenario in which answers are timed to the second is over. */
const timedMs = 40_000;

beforeAll(async () => {
  const urls: (readonly [name: string, exercise: string, url: string])[] = [];
  for (const [name, needs, program, args] of servers) {
    for (const exercise of needs ? [...exercises, "5"] : []) {
      urls.push([`${name} ${exercise}`, exercise, await stage.program(program, args)]);
    }
  }
  for (const slug of solutions) {
    urls.push([`solution ${slug}`, slug, await stage.module(places(slug).solution("server"))]);
  }
  for (const name of wrongServers) {
    const mutant = mutantOf(name);
    urls.push([name, mutant.exercise, await stage.module(stage.file("server.ts", sourceOf(mutant)))]);
  }
  // All servers are there before the first grading: the gradings keep a slow machine busy for a while.
  const supervised = await stage.supervised(stage.file("server.ts", sourceOf(mutantOf("no-catch"))));
  beginInLanes(
    7,
    urls.map(([name, exercise, url]) => [name, () => grade(lessonOf(exercise), { url })]),
  );
  const programs: Grading[] = commands
    .filter(([, needs]) => needs)
    .map(([name, , exercise, command]) => [`${name} ${exercise}`, () => grade(lessonOf(exercise), { command })]);
  for (const [clause, exercise, find, replace] of tools.python ? wrongClients : []) {
    const file = stage.file("client.py", edited(text("python", "client.py"), find, replace));
    programs.push([clause, () => grade(lessonOf(exercise), { command: `python3 ${JSON.stringify(file)}` })]);
  }
  // Each starts up to twenty programs at once.
  beginInLanes(1, programs);
  for (const [name, start] of Object.entries(strange)) {
    const { url, close } = await start();
    begin(name, grade(lessonOf(name === "hasty" ? "3" : "2"), { url }).finally(close));
  }
  begin("supervised", grade(lessonOf("4"), { url: supervised }));
  let before: Promise<unknown> = new Promise((resolve) => setTimeout(resolve, timedMs));
  const byFile = (name: string, run: () => Promise<Run>) => {
    const mine = before.then(run);
    begin(`${name} by file`, mine);
    before = mine.catch(() => undefined);
  };
  for (const slug of solutions)
    byFile(`solution ${slug}`, () => grade(lessonOf(slug), { server: places(slug).solution("server") }));
  for (const name of wrongServers) byFile(name, () => gradeCase(mutantOf(name)));
}, 120_000);

function mutantOf(name: string) {
  const mutant = mutants.find((each) => each.name === name && each.side === "server");
  if (!mutant) throw new Error(`There is no wrong server ${name}.`);
  return mutant;
}

describe("the example server in", () => {
  for (const [name, needs] of servers) {
    test.skipIf(!needs).each(exercises)(`${name} passes exercise %s`, { timeout: longMs }, async (exercise) => {
      const run = await runOf(`${name} ${exercise}`);
      expect(notPassing(run)).toEqual([]);
      expect(run.passed).toBe(true);
    });

    test.skipIf(!needs)(
      `${name}, written for exercise 4, answers too early in exercise 5`,
      { timeout: longMs },
      async () => {
        const run = await runOf(`${name} 5`);
        expect(reds(run), notPassing(run).join("; ")).toEqual(["choose.fast"]);
      },
    );
  }

  test("under three minutes are enough for exercise 04, as they were estimated", { timeout: longMs }, async () => {
    const run = await runOf("node:http 4");
    expect(run.elapsedMs).toBeLessThan(175_000);
    const played = run.recordings.flatMap(({ scenario }) => scenarios.get(scenario) ?? []);
    const inExercise = { ...world, graded: lessonOf("4").graded };
    const estimatedMs = played.reduce((sum, { lastsMs }) => sum + (lastsMs?.(inExercise) ?? 0), 0);
    expect(Math.abs(run.elapsedMs / estimatedMs - 1)).toBeLessThan(0.25);
  });
});

describe("the example client:", () => {
  for (const [name, needs, exercise] of commands) {
    test.skipIf(!needs)(`${name} passes exercise ${exercise}`, { timeout: longMs }, async () => {
      const run = await runOf(`${name} ${exercise}`);
      expect(notPassing(run)).toEqual([]);
      expect(run.passed).toBe(true);
      const left = ["client.deadline", "client.unknown-outcome", "client.abort"];
      expect(run.verdicts.filter(({ clause, side }) => side !== "client" || left.includes(clause))).toEqual([]);
    });
  }
});

describe("a URL gives the same verdicts as the file:", () => {
  test.each(solutions)("solution %s", { timeout: longMs }, async (slug) => {
    const byFile = await runOf(`solution ${slug} by file`);
    const byUrl = await runOf(`solution ${slug}`);
    expect(verdictsOf(byUrl, "server")).toEqual(verdictsOf(byFile, "server"));
  });

  test.each(wrongServers)("the wrong server %s", { timeout: longMs }, async (name) => {
    const { clause } = mutantOf(name);
    expect(reds(await runOf(`${name} by file`))).toEqual([clause]);
    const byUrl = await runOf(name);
    expect(reds(byUrl), notPassing(byUrl).join("; ")).toEqual([clause]);
  });
});

describe("a wrong client is named by", () => {
  test.skipIf(!tools.python).each(wrongClients)("%s, in exercise %s", { timeout: longMs }, async (clause) => {
    const run = await runOf(clause);
    const musts = run.verdicts.filter(({ level, verdict }) => level === "must" && verdict === "fail");
    expect(
      musts.map((verdict) => verdict.clause),
      notPassing(run).join("; "),
    ).toEqual([clause]);
  });
});

describe("a server that is strange", () => {
  test("in that it answers HTML fails the clauses on the answer, and is told so", { timeout: longMs }, async () => {
    const run = await runOf("html");
    expect(reds(run)[0]).toBe("accept.status");
    expect(run.notice).toMatch(/answered 200 with a web page\. Is this the address of your server\?$/);
    expect(exitCode(run)).toBe(1);
  });

  test("in that it redirects for ever fails accept.status, and is told so", { timeout: longMs }, async () => {
    const run = await runOf("redirects");
    expect(reds(run)).toEqual(["accept.status"]);
    expect(run.notice).toMatch(/is answered with a redirect \(302, to \/reports\)/);
  });

  test(
    "in that Location names another host passes accept.location with a remark, and that host is never asked",
    { timeout: longMs },
    async () => {
      const run = await runOf("foreign");
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
    "in that it was never seen processing is told so, and what needs that is not reached",
    { timeout: longMs },
    async () => {
      const run = await runOf("hasty");
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

  test(
    "in that it dies of work that fails, and is started again, fails fail.survives alone",
    { timeout: longMs },
    async () => {
      const run = await runOf("supervised");
      expect(reds(run), notPassing(run).join("; ")).toEqual(["fail.survives"]);
      expect(run.problem?.message).toMatch(/ended in the middle of the work, and was started again/);
      expect(run.verdicts.find(({ clause }) => clause === "accept.malformed")?.verdict).toBe("pass");
      expect(exitCode(run)).toBe(1);
    },
  );
});
