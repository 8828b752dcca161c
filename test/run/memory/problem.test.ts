import { expect, test } from "vitest";
import { toProblem, unknownNode } from "../../../workbook/run/memory/problem.ts";
import type { ProblemKind, Side } from "../../../workbook/contract/model/recording.ts";

function message(kind: ProblemKind, raw: string, side: Side = "server", isRejection = false): string {
  const bundle = { file: `/some/where/${side}.ts`, code: "" };
  const sides = { [side]: { is: "compiled" as const, side, bundle, map: "", inputs: [], borrowed: [] } };
  return toProblem(
    { kind, message: raw, frames: [], isRejection },
    { side, sides, limits: { loopMs: 1_000, memoryMb: 400 } },
  ).message;
}

test("each kind of problem is one or two whole sentences that begin with the file", () => {
  const kinds: ProblemKind[] = ["import", "export", "throw", "exit", "loop", "memory", "silent", "clock"];
  for (const kind of kinds) expect(message(kind, "TypeError: no")).toMatch(/^server\.ts.*[.;)}]$/s);
});

test("a rejection says that it was not caught, also with no reason", () => {
  expect(message("throw", "Error: no book.", "server", true)).toContain(
    "was rejected with Error: no book, and nobody caught it.",
  );
  expect(message("throw", "undefined", "server", true)).toContain("with no reason (undefined)");
});

test("a name that a package does not export is an import to fix", () => {
  const raw = "SyntaxError: The requested module 'hono' does not provide an export named 'Hono2'";
  const problem = toProblem(
    { kind: "throw", message: raw, frames: [] },
    { side: "server", sides: {}, limits: { loopMs: 1, memoryMb: 1 } },
  );
  expect(problem).toMatchObject({
    kind: "import",
    message: expect.stringContaining(`imports "Hono2" from "hono", which has no such export.`),
  });
});

test("a loop says how long it ran, or what call does not return", () => {
  expect(message("loop", "", "client")).toContain(
    "client.ts never gives the turn back: it was still running after 1 s.",
  );
  expect(message("loop", "one call into Node does not return")).toContain("one call into Node does not return.");
});

test("a missing export is a sentence that shows the line to write", () => {
  expect(message("export", "")).toMatch(/^server\.ts has no default export with a fetch method.*export default app;$/);
  expect(message("export", "", "client")).toMatch(/^client\.ts exports no function runReport.*runReport\(/);
});

test("a Node that the clock does not know is one sentence, with the Nodes that work and what works on this one", () => {
  expect(unknownNode("its timers cannot be reached", "27.1.0")).toEqual({
    kind: "clock",
    side: null,
    message:
      "Files cannot be graded on Node 27.1.0, which the workbook's clock does not know (its timers cannot be reached): " +
      "that works on Node 20.19+, 22, 24 and 26, so install one of these, or grade a running server with --url or a " +
      "client with --command, which work here.",
    file: null,
    line: null,
    column: null,
  });
});
