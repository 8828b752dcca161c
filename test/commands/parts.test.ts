import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { callOf } from "../../workbook/commands/client.ts";
import { portFor } from "../../workbook/commands/serve.ts";
import { isLive, pageSize } from "../../workbook/terminal/size.ts";
import { refuseTakenFlags } from "../../workbook/commands/npm-flags.ts";
import { unifiedDiff } from "../../workbook/learner/solution-diff.ts";
import { emptyState, readState, withStep, writeState } from "../../workbook/learner/state.ts";
import { remarksIn } from "../../workbook/learner/type-remarks.ts";
import { isStarted } from "../../workbook/learner/exercises.ts";

const folder = mkdtempSync(path.join(tmpdir(), "parts-"));
const file = path.join(folder, "inner", "state.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the state is read as it was written", () => {
  const state = withStep({ ...emptyState(), current: "03-polling" }, "03-polling", {
    hints: { "client.waits": 2 },
    quiz: [0],
  });
  expect(writeState(state, file)).toBe(true);
  expect(readState(file)).toEqual(state);
});

test("of a state that is partly wrong the rest is kept", () => {
  writeFileSync(
    file,
    JSON.stringify({
      current: 3,
      steps: { a: { begun: {}, progress: { of: 1 }, hints: { x: 1 }, quiz: "all" }, b: null },
    }),
  );
  expect(readState(file)).toEqual({
    current: null,
    steps: {
      a: { begun: {}, progress: null, hints: { x: 1 }, quiz: [] },
      b: { begun: {}, progress: null, hints: {}, quiz: [] },
    },
  });
});

test("a state that cannot be written is no error", () => {
  writeFileSync(path.join(folder, "file"), "");
  expect(writeState(emptyState(), path.join(folder, "file", "state.json"))).toBe(false);
});

test("key=value pairs are parameters, and timeoutMs is an option", () => {
  expect(callOf(["genre=science fiction", "note=a=b", "timeoutMs=2000"])).toEqual({
    params: { genre: "science fiction", note: "a=b" },
    timeoutMs: 2000,
  });
  expect(() => callOf(["poetry"])).toThrow(`"poetry" is no key=value.`);
  expect(() => callOf(["timeoutMs=2s"])).toThrow("timeoutMs=2000");
});

test("serve listens on 3000 + N, or on PORT", () => {
  const [first] = lessons();
  if (!first) throw new Error("There are no lessons.");
  expect(portFor(first, {})).toBe(3001);
  expect(portFor(first, { PORT: "8080" })).toBe(8080);
  expect(() => portFor(first, { PORT: "80a" })).toThrow("give it a number");
});

test.each([
  [{ npm_config_json: "true" }, ["3"], "npm run grade -- 3 --json"],
  [{ npm_config_server: "true" }, ["3", "my server.ts"], `npm run grade -- 3 --server "my server.ts"`],
  [{ npm_config_server: "a.ts", npm_config_client: "b.ts" }, ["3"], "npm run grade -- 3 --server a.ts --client b.ts"],
  [{ npm_config_seed: "true" }, ["3"], "npm run grade -- 3 --seed SEED"],
])("where npm took %j, the line to type is shown", (env, args, line) => {
  const flags = { server: true, client: true, json: false, seed: true };
  expect(() => refuseTakenFlags("grade", args, flags, { npm_lifecycle_event: "grade", ...env })).toThrow(
    `Type: ${line}\n`,
  );
  expect(() => refuseTakenFlags("grade", args, flags, env)).not.toThrow();
});

test("keys and a redrawn screen are for a terminal that is no CI and no dumb one", () => {
  const tty = { isTTY: true };
  expect(isLive(tty, tty, {})).toBe(true);
  expect(isLive(tty, {}, {})).toBe(false);
  expect(isLive(tty, tty, { CI: "true" })).toBe(false);
  expect(isLive(tty, tty, { TERM: "dumb" })).toBe(false);
});

test("a pipe, NO_COLOR and a dumb terminal get no colour", () => {
  expect(pageSize({ isTTY: true, columns: 100 }, {})).toMatchObject({ columns: 100, colour: true });
  expect(pageSize({ isTTY: true }, { NO_COLOR: "1" }).colour).toBe(false);
  expect(pageSize({ isTTY: true }, { TERM: "dumb" }).colour).toBe(false);
  expect(pageSize({}, {})).toMatchObject({ columns: 80, rows: Infinity, colour: false });
});

test("the type checker's lines become remarks; lines that only explain are left out", () => {
  const stdout =
    "exercises/03-polling/server.ts(9,5): error TS2345: Argument is wrong.\n  Types are incompatible.\r\nexercises\\a\\b.ts(1,2): error TS1: x\n";
  expect(remarksIn(stdout)).toEqual([
    { file: "exercises/03-polling/server.ts", line: 9, message: "Argument is wrong." },
    { file: "exercises/a/b.ts", line: 1, message: "x" },
  ]);
});

test("every solution differs from its starter in what the lesson edits", () => {
  // Of a step that is started, the diff is against the learner's own file.
  for (const lesson of lessons().filter((each) => !isStarted(each))) {
    for (const file of lesson.edits) expect(unifiedDiff(lesson)).toContain(`+++ solutions/${lesson.slug}/${file}\n`);
  }
});
