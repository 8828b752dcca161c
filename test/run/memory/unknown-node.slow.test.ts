/** What happens on a Node whose internals have moved: no verdict for files, and a server or a command is still graded. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { lessons } from "../../../workbook/content/catalogue.ts";
import { places } from "../../../workbook/content/places.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { toJson } from "../../../workbook/report/json.ts";
import { exitCode } from "../../../workbook/report/summary.ts";
import { closePool } from "../../../workbook/run/memory/pool.ts";
import type * as ChildProgram from "../../../workbook/run/memory/program.ts";

type Args = readonly string[];

/** Changes the command line of each child. */
let change: (args: Args) => Args = (args) => args;
const withoutInternals = (args: Args) => args.filter((arg) => arg !== "--expose-internals");
/** First loads a fixture that changes Node's internals. */
const after =
  (fixture: string) =>
  (args: Args): Args => ["--require", fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url)), ...args];

vi.mock("../../../workbook/run/memory/program.ts", async (original) => {
  const { childProgram } = await original<typeof ChildProgram>();
  return { childProgram: async (kind: ChildProgram.ChildKind) => ({ args: change((await childProgram(kind)).args) }) };
});

beforeEach(() => {
  change = withoutInternals;
});
afterAll(() => closePool());

const lesson = lessons().find(({ number }) => number === 2);
if (!lesson) throw new Error("There is no lesson 02.");
const { solution } = places(lesson.slug);
const files = { server: solution("server.ts"), client: solution("client.ts") };

test.each<[string, string, (args: Args) => Args]>([
  ["cannot be reached", "its timers cannot be reached", withoutInternals],
  ["have another form", "its timersBinding has another form", after("without-toggle.cjs")],
  ["no longer move the clock", "a wait of 3000 ms by", after("own-now.cjs")],
  ["never fire a timer", "the clock never arrives while setTimeout waits", after("deaf-timers.cjs")],
  ["need a flag that is gone", "bad option: --expose-gone", (args) => ["--expose-gone", ...args]],
])("where Node's internals %s, files get one sentence and no verdict", async (_, reason, broken) => {
  change = broken;
  const run = await grade(lesson, files);
  expect(run.problem).toMatchObject({ kind: "clock", side: null, file: null, line: null, column: null });
  expect(run.problem?.message).toContain(`Node ${process.versions.node}, which the workbook's clock does not know`);
  expect(run.problem?.message).toContain(reason);
  expect(run.problem?.message).toContain("Node 20.19+, 22, 24 and 26");
  expect(run.verdicts).toEqual([]);
  expect(toJson(run, files)).toMatchObject({ passed: false, verdicts: [], problem: { kind: "clock" } });
  expect(exitCode(run)).toBe(3);
});

test("there a running server is graded", async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const run = await grade(lesson, { url: `http://127.0.0.1:${port}` });
    expect(run.problem).toBe(null);
    expect(run.verdicts.find(({ clause }) => clause === "accept.status")?.verdict).toBe("fail");
  } finally {
    server.close();
  }
});

test("and so is a client that a command starts", async () => {
  const run = await grade(lesson, { command: "node --version" });
  expect(run.problem).toBe(null);
  expect(run.verdicts.some(({ verdict }) => verdict === "fail")).toBe(true);
});
