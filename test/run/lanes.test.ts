import { expect, test } from "vitest";
import type { Scenario, Side } from "../../workbook/contract/types.ts";
import { lanesOf } from "../../workbook/run/lanes.ts";

function scenarios(side: Side, names: string): Scenario[] {
  return names
    .split(" ")
    .map((name) => ({ name, side, about: name, heavy: name === "H", play: () => Promise.resolve() }));
}

function names(all: readonly Scenario[], first: readonly string[] = []): string[] {
  return lanesOf(all, new Set(first)).map((lane) => lane.map(({ name }) => name).join(" "));
}

test("each side has a lane, and the end of the longer one goes to the other", () => {
  const all = [...scenarios("server", "A B"), ...scenarios("client", "c d e f g h")];
  expect(names(all)).toEqual(["A B g h", "c d e f"]);
});

test("a side alone is played by two children only when that is worth the start of one", () => {
  expect(names(scenarios("client", "a b c d e"))).toEqual(["a b c d e"]);
  expect(names(scenarios("client", "a b c d e f g h"))).toEqual(["e f g h", "a b c d"]);
});

test("the first in contract order opens its side; then comes what the reader waits for", () => {
  const all = [...scenarios("server", "A B C D"), ...scenarios("client", "e f g h")];
  expect(names(all, ["D", "g"])).toEqual(["A D B C", "e g f h"]);
});

test("nobody waits behind a heavy scenario", () => {
  const all = [...scenarios("server", "A H"), ...scenarios("client", "c d e f g h")];
  expect(names(all)).toEqual(["A g h H", "c d e f"]);
});
