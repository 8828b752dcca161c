import { expect, test } from "vitest";
import { remarksIn } from "../../workbook/learner/type-remarks.ts";

test("the type checker's lines become remarks; lines that only explain are left out", () => {
  const stdout =
    "exercises/03-polling/server.ts(9,5): error TS2345: Argument is wrong.\n  Types are incompatible.\r\nexercises\\a\\b.ts(1,2): error TS1: x\n";
  expect(remarksIn(stdout)).toEqual([
    { file: "exercises/03-polling/server.ts", line: 9, message: "Argument is wrong." },
    { file: "exercises/a/b.ts", line: 1, message: "x" },
  ]);
});
