import { expect, test } from "vitest";
import { isLive, pageSize } from "../../workbook/terminal/size.ts";

test("a screen is redrawn at a terminal, but not on CI and not on a dumb terminal", () => {
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
