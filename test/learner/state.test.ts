import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { emptyState, readState, withStep, writeState } from "../../workbook/learner/state.ts";

const folder = mkdtempSync(path.join(tmpdir(), "accepted-state-"));
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
