import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../workbook/root.ts";
import { cycles, edgesOf, importsOf } from "./graph.ts";

test("no files and no folders of workbook/ import each other in a cycle", () => {
  const edges = edgesOf(path.join(root, "workbook"));
  expect(edges.length).toBeGreaterThan(500);
  expect(cycles(edges)).toEqual([]);
});

test("every way to import a file is seen", () => {
  const text = `
    import { a } from "./a.ts";
    import type { B } from "../b.ts";
    import "./c.ts";
    export * from "./d/e.ts";
    const f = await import("./f.ts");
    const g = require("./g.cjs");
    type H = import("./h.ts").H;
    import path from "node:path";`;
  expect(importsOf(text)).toEqual(["./a.ts", "../b.ts", "./c.ts", "./d/e.ts", "./f.ts", "./g.cjs", "./h.ts"]);
});

test("two folders form a cycle even when no two files do", () => {
  const back = { from: "run/a.ts", to: "grade/b.ts" };
  const forth = [
    { from: "grade/c.ts", to: "run/d.ts" },
    { from: "run/d.ts", to: "root.ts" },
  ];
  expect(cycles(forth)).toEqual([]);
  expect(cycles([...forth, back])).toEqual([["grade/c.ts -> run/d.ts", "run/a.ts -> grade/b.ts"]]);
});

test.each([
  ["through a third folder", ["a/1.ts b/1.ts", "b/2.ts c/1.ts", "c/2.ts a/2.ts"]],
  ["through a file beside the folder", ["a/main.ts a/parts/1.ts", "a/parts/2.ts a/main.ts"]],
  ["between folders further down", ["a/b/x/1.ts a/b/y/1.ts", "a/b/y/2.ts a/b/x/2.ts"]],
  ["between two files", ["a/1.ts a/2.ts", "a/2.ts a/1.ts"]],
  ["of a file that imports itself", ["a/1.ts a/1.ts"]],
])("a cycle %s is found, once", (_, lines) => {
  const edges = lines.map((line) => line.split(" ")).map(([from = "", to = ""]) => ({ from, to }));
  expect(cycles(edges)).toHaveLength(1);
});
