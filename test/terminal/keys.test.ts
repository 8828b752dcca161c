import { expect, test } from "vitest";
import { keysIn } from "../../workbook/terminal/keys.ts";

test.each([
  ["h", ["h"]],
  ["\r", ["enter"]],
  ["\x1b", ["esc"]],
  ["\x1b[A\x1b[B\x1bOC", ["up", "down", "right"]],
  ["\x1b[5~\x1b[6~ ", ["page-up", "page-down", "space"]],
  ["\x03", ["ctrl-c"]],
  ["?ä", ["?", "ä"]],
])("%j is read as %j", (bytes, keys) => {
  expect(keysIn(bytes)).toEqual(keys);
});

test("a sequence that is not known is no key, and none of its letters is", () => {
  expect(keysIn("\x1b[1;5Dq\x1b[200~")).toEqual(["q"]);
});
