/** The example servers and clients, and wrong clients made from them, graded on the real clock. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClauseId } from "../../../workbook/contract/model/clause.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { root } from "../../../workbook/root.ts";
import { scenarios } from "../../../workbook/contract/scenarios/all.ts";
import { reds } from "../../subjects/mutants/cases.ts";
import { world } from "../../world.ts";
import { newGradings, type Grading } from "./gradings.ts";
import { has, lessonOf, newStage, notPassing } from "./start.ts";

/** A grading of exercise 04 takes two and a half minutes; the last client begins after two. */
const longMs = 400_000;
/** Between the starts of two gradings, ms: a command starts twenty programs within a second. */
const apartMs = { server: 500, client: 10_000 };

const stage = newStage();
afterAll(() => stage.end());

const tools = { python: has("python3"), curl: has("curl"), jq: has("jq") };
const example = (...names: string[]) => path.join(root, "examples", ...names);
const text = (...names: string[]) => readFileSync(example(...names), "utf8");

const gradings = newGradings();

const servers: readonly [name: string, needs: boolean, command: string, args: readonly string[]][] = [
  ["Python", tools.python, "python3", [example("python", "server.py")]],
  ["node:http", true, process.execPath, [example("node-http", "server.js")]],
];
/** What the servers pass. */
const exercises = ["2", "3", "4"] as const;

const commands: readonly [name: string, needs: boolean, exercise: string, command: string][] = [
  ["Python's client", tools.python, "2", `python3 ${example("python", "client.py")}`],
  ["Python's client", tools.python, "4", `python3 ${example("python", "client.py")}`],
  ["Python's client", tools.python, "5", `python3 ${example("python", "client.py")}`],
  ["the shell's client", tools.curl && tools.jq, "2", `sh ${example("shell", "client.sh")}`],
];

/** Wrong clients in Python: the example with a text replaced. */
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
  if (source.split(find).length !== 2)
    throw new Error(`The example does not have exactly one ${JSON.stringify(find)}.`);
  return source.replace(find, () => replace);
}

beforeAll(async () => {
  const ofServers: Grading[] = [];
  for (const [name, needs, program, args] of servers) {
    for (const exercise of needs ? [...exercises, "5"] : []) {
      const url = await stage.program(program, args);
      ofServers.push([`${name} ${exercise}`, () => grade(lessonOf(exercise), { url })]);
    }
  }
  const ofClients: Grading[] = commands
    .filter(([, needs]) => needs)
    .map(([name, , exercise, command]) => [`${name} ${exercise}`, () => grade(lessonOf(exercise), { command })]);
  for (const [clause, exercise, find, replace] of tools.python ? wrongClients : []) {
    const file = stage.file("client.py", edited(text("python", "client.py"), find, replace));
    ofClients.push([clause, () => grade(lessonOf(exercise), { command: `python3 ${JSON.stringify(file)}` })]);
  }
  gradings.begin(ofServers, apartMs.server);
  gradings.begin(ofClients, apartMs.client);
}, 60_000);

describe("the example server in", () => {
  for (const [name, needs] of servers) {
    test.skipIf(!needs).each(exercises)(`${name} passes exercise %s`, { timeout: longMs }, async (exercise) => {
      const run = await gradings.runOf(`${name} ${exercise}`);
      expect(notPassing(run)).toEqual([]);
      expect(run.passed).toBe(true);
    });

    test.skipIf(!needs)(
      `${name}, written for exercise 4, answers too early in exercise 5`,
      { timeout: longMs },
      async () => {
        const run = await gradings.runOf(`${name} 5`);
        expect(reds(run), notPassing(run).join("; ")).toEqual(["choose.fast"]);
      },
    );
  }

  test("under three minutes are enough for exercise 04, as they were estimated", { timeout: longMs }, async () => {
    const run = await gradings.runOf("node:http 4");
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
      const run = await gradings.runOf(`${name} ${exercise}`);
      expect(notPassing(run)).toEqual([]);
      expect(run.passed).toBe(true);
      const left = ["client.deadline", "client.unknown-outcome", "client.abort"];
      expect(run.verdicts.filter(({ clause, side }) => side !== "client" || left.includes(clause))).toEqual([]);
    });
  }
});

describe("a wrong client is named by", () => {
  test.skipIf(!tools.python).each(wrongClients)("%s, in exercise %s", { timeout: longMs }, async (clause) => {
    const run = await gradings.runOf(clause);
    const musts = run.verdicts.filter(({ level, verdict }) => level === "must" && verdict === "fail");
    expect(
      musts.map((verdict) => verdict.clause),
      notPassing(run).join("; "),
    ).toEqual([clause]);
  });
});
