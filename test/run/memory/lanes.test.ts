import { expect, test } from "vitest";
import type { Side } from "../../../workbook/contract/model/recording.ts";
import type { Scenario } from "../../../workbook/contract/model/scenario.ts";
import { lanesOf, type LaneOptions } from "../../../workbook/run/memory/lanes.ts";

function scenarios(side: Side, names: string): Scenario[] {
  return names
    .split(" ")
    .map((name) => ({ name, side, about: name, heavy: name === "H", play: () => Promise.resolve() }));
}

function names(all: readonly Scenario[], options: Partial<LaneOptions> = {}): string[] {
  return lanesOf(all, { first: new Set(), ...options }).map((lane) => lane.map(({ name }) => name).join(" "));
}

const many = [...scenarios("server", "A B C"), ...scenarios("client", "d e f g h i")];

test("two lanes take turns, and the first of each side comes first", () => {
  expect(names(many)).toEqual(["A B e g i", "d C f h"]);
});

test("what the reader waits for comes next, on both lanes, after the scenario that opens its side", () => {
  expect(names(many, { first: new Set(["B", "C"]) })).toEqual(["A C e g i", "B d f h"]);
  expect(names(many, { first: new Set(["h", "i"]) })).toEqual(["d i B e g", "h A C f"]);
});

test("a second child is used only where it is worth its start, or is waiting already", () => {
  const few = scenarios("client", "a b c d");
  expect(names(few)).toEqual(["a b c d"]);
  expect(names(few, { waiting: 2 })).toEqual(["a c", "b d"]);
  expect(names(many, { most: 1 })).toEqual(["A d B C e f g h i"]);
  expect(names(many.slice(0, 1), { waiting: 2 })).toEqual(["A"]);
});

test("a heavy scenario comes last", () => {
  const all = [...scenarios("server", "A H C"), ...scenarios("client", "d e f g h i")];
  expect(names(all)).toEqual(["A e g i H", "d C f h"]);
});

test("a long scenario counts twice, so that both lanes end at about the same time", () => {
  const [first, ...others] = scenarios("client", "a b c d e f g h");
  const all = [{ ...(first as Scenario), long: true }, ...others];
  expect(names(all)).toEqual(["a d f h", "b c e g"]);
});
