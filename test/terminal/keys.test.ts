import { describe, expect, test } from "vitest";
import type { View } from "../../workbook/session/view.ts";
import { intentOf } from "../../workbook/terminal/intent-of.ts";
import { keysIn, newKeyReader } from "../../workbook/terminal/keys.ts";
import { moved } from "../../workbook/terminal/move.ts";
import { positionIn } from "../../workbook/terminal/position.ts";
import { pagesOf } from "../../workbook/terminal/render.ts";
import { views } from "./views.ts";

function viewOf(name: string): View {
  const view = views[name];
  if (!view) throw new Error(`The sample has no view ${name}.`);
  return view;
}

test.each([
  ["h", ["h"]],
  ["\r", ["enter"]],
  ["\x1b", ["esc"]],
  ["\x1b[A\x1b[B\x1bOC", ["up", "down", "right"]],
  ["\x1b[5~\x1b[6~", ["page-up", "page-down"]],
  ["\x1b\x1b", ["esc", "esc"]],
  [" ", ["space"]],
  ["\x03", ["ctrl-c"]],
  ["\x03\x03", ["ctrl-c"]],
])("%j is read as %j", (bytes, keys) => {
  expect(keysIn(bytes)).toEqual(keys);
});

test.each(["\x1b[1;5D", "\x1br", "\t", "😀"])("%j is no key, and none of its parts is", (bytes) => {
  expect(keysIn(bytes)).toEqual([]);
});

describe("pasted text is no keys", () => {
  const texts = ["try {", "Retry-After: 5", "array", "category", "entry", "library", "ry\r", "?ä", "\tr", "😀r", "rY"];

  test.each(texts)("%j as a terminal marks it, also cut anywhere", (text) => {
    const marked = `\x1b[200~${text}\x1b[201~`;
    expect(newKeyReader()(marked)).toEqual(["paste"]);
    // From 2: after a lone Esc byte the rest of the mark is text like any other.
    for (let at = 2; at < marked.length; at++) {
      const read = newKeyReader();
      const keys = [marked.slice(0, at), marked.slice(at)].flatMap(read);
      expect(new Set(keys), `cut at ${at}`).toEqual(new Set(["paste"]));
      expect(read("h"), `after a cut at ${at}`).toEqual(["h"]);
    }
  });

  test.each(texts)("%j where the terminal marks nothing", (text) => {
    const read = newKeyReader();
    expect(read(text)).toEqual(["paste"]);
    expect(read("h")).toEqual(["h"]);
  });

  test.each(["\x1b[A\x1b[200~a\x1b[201~h", "\x1b[200~a\x1b[201~r", "\x1b[Ar", "r\x1b[A"])(
    "nor is what comes with it in one chunk: %j",
    (bytes) => {
      expect(newKeyReader()(bytes)).toEqual(["paste"]);
    },
  );

  test("ctrl-c ends a paste without an end", () => {
    const read = newKeyReader();
    expect(["\x1b[200~abc", "r", "\x03", "h"].map(read)).toEqual([["paste"], ["paste"], ["ctrl-c"], ["h"]]);
  });

  test("an arrow that is held down comes several times in one chunk", () => {
    expect(newKeyReader()("\x1b[B\x1b[B\x1b[B")).toEqual(["down", "down", "down"]);
  });
});

describe("on the screen of", () => {
  const intent = (name: string, key: string) => intentOf(key, viewOf(name), positionIn(viewOf(name)));

  test.each([
    ["half done", "h", { is: "hint" }],
    ["half done", "n", { is: "next" }],
    ["half done", "b", { is: "previous" }],
    ["half done", "g", { is: "grade" }],
    ["half done", "q", { is: "leave" }],
    ["half done", "x", { is: "dismiss" }],
    ["welcome", "enter", { is: "start" }],
    ["welcome", "t", { is: "text" }],
    ["hint 1", "h", { is: "hint" }],
    ["hint 1", "s", { is: "solution" }],
    ["hint 1", "enter", { is: "dismiss" }],
    ["hint 1", "x", null],
    ["question", "b", { is: "answer", index: 1 }],
    ["question", "d", null],
    ["question", "enter", { is: "continue" }],
    ["question", "l", { is: "list" }],
    ["list", "enter", { is: "open", slug: "03-polling" }],
    ["list", "q", { is: "leave" }],
    ["text", "q", { is: "dismiss" }],
    ["solution", "q", { is: "dismiss" }],
    ["other ways", "n", { is: "next" }],
    ["output", "esc", { is: "dismiss" }],
    ["confirm", "y", { is: "confirm" }],
    ["confirm", "Y", null],
    ["confirm reset", "Y", { is: "confirm" }],
    ["confirm reset", "y", null],
    ["confirm", "n", { is: "decline" }],
    ["confirm", "esc", { is: "dismiss" }],
    ["confirm", "h", null],
    ["finished", "z", { is: "quiz" }],
    ["at a URL", "q", null],
  ])("%s the key %s asks for %j", (name, key, expected) => {
    expect(intent(name, key)).toEqual(expected);
  });
});

describe("a key that moves", () => {
  const size = { columns: 80, rows: 20, colour: false, unicode: true };
  const after = (name: string, keys: readonly string[], page = 0) =>
    keys.reduce((position, key) => moved(key, viewOf(name), position, size) ?? position, {
      ...positionIn(viewOf(name)),
      page,
    });

  test("turns pages, and stops at the first and the last", () => {
    expect(after("text", ["space", "right", "left"]).page).toBe(1);
    expect(after("text", ["up", "page-up"]).page).toBe(0);
    const last = pagesOf(viewOf("text"), size) - 1;
    expect(after("text", ["down", "enter"], last).page).toBe(last);
    expect(after("text", ["left"], 999).page).toBe(last - 1);
  });

  test("chooses a line of the list, and stays on it where there is no other", () => {
    expect(after("list", ["up"]).selected).toBe("02-accepted");
    expect(after("list", ["down"]).selected).toBe("03-polling");
    expect(after("list", ["1"]).selected).toBe("01-not-everything-is-instant");
    expect(after("list", ["1", "up", "9"]).selected).toBe("01-not-everything-is-instant");
  });

  test("moves nothing on the step's own screen", () => {
    for (const key of ["up", "space", "enter", "1"]) {
      expect(moved(key, viewOf("half done"), positionIn(viewOf("half done")), size)).toBeNull();
    }
  });
});

test("a position counts for its own view only", () => {
  const page = { ...positionIn(viewOf("text")), page: 3 };
  expect(positionIn(viewOf("text"), page)).toBe(page);
  expect(positionIn(viewOf("output"), page).page).toBe(0);
});
