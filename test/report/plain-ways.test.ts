import { expect, test } from "vitest";
import { plainWays } from "../../workbook/report/plain-ways.ts";
import { third } from "./sample.ts";
import { offered } from "../terminal/views.ts";

test("a pipe gets all other ways, each with its title, when to choose it, and a diff that patch can read", () => {
  expect(plainWays(third, offered.slice(0, 1))).toBe(
    [
      "1 of 1, client: A wait with jitter",
      "",
      "Choose it when many clients order at the same moment: all are told the same",
      "wait, and would come back in the same instant.",
      "",
      "--- solutions/03-polling/client.ts",
      "+++ solutions/03-polling/client.ts",
      "",
      "-old",
      "+new",
    ].join("\n"),
  );
});

test("a step that has none says so", () => {
  expect(plainWays(third, [])).toBe("accepted 03-polling: no other ways");
});
