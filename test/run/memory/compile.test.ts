import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import type { Compiled } from "../../../workbook/run/memory/bundle.ts";
import { compile } from "../../../workbook/run/memory/compile.ts";
import { codeFrame } from "../../../workbook/report/code-frame.ts";
import { locate, unbundled } from "../../../workbook/run/memory/locate.ts";

const folder = mkdtempSync(path.join(tmpdir(), "compile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

async function code(name: string, text: string): Promise<Compiled> {
  const result = await compile("server", write(name, text));
  if (!("is" in result)) throw new Error(result.message);
  return result;
}

async function problem(name: string, text: string) {
  const result = await compile("server", write(name, text));
  if ("is" in result) throw new Error("it compiled");
  return result;
}

/** The place of a word in a bundle, counted as V8 does. */
function frameOf({ bundle, side }: Compiled, word: string) {
  const lines = bundle.code.split("\n");
  const line = lines.findIndex((text) => text.includes(word));
  return { url: `learner:${side}`, name: "", line: line + 1, column: (lines[line] ?? "").indexOf(word) + 1 };
}

test("preloaded packages and Node's built-ins stay outside by name, relative files are bundled", async () => {
  write("plain/helper.ts", `export const helper: string = "from the helper";`);
  const { bundle } = await code(
    "plain/server.ts",
    `import { Hono } from "hono"; import { z } from "zod"; import { serve } from "@hono/node-server"; import fs from "fs";
     import { helper } from "./helper.ts"; export default { a: Hono, b: z, c: serve, d: fs, helper };`,
  );
  expect(bundle.code).toMatch(/from "hono"/);
  expect(bundle.code).toMatch(/from "zod"/);
  expect(bundle.code).toMatch(/from "@hono\/node-server"/);
  expect(bundle.code).toMatch(/from "(node:)?fs"/);
  expect(bundle.code).toContain("from the helper");
});

test("another package comes from the file's own folder first, and is imported by its file", async () => {
  const file = write("own/node_modules/tiny/index.js", `module.exports = 1;`);
  write("own/node_modules/tiny/package.json", `{ "name": "tiny", "main": "index.js" }`);
  const { bundle } = await code(
    "own/server.ts",
    `import tiny from "tiny"; import { Hono } from "hono"; export default [tiny, Hono];`,
  );
  expect(bundle.code).toContain(pathToFileURL(file).href);
  expect(bundle.code).toMatch(/from "hono"/);
});

test("a package that only the workbook has is found there, and a nearer copy of a preloaded one wins", async () => {
  const far = await code("far/server.ts", `import * as diff from "diff"; export default diff;`);
  expect(far.bundle.code).toMatch(/from "file:\/\/.*node_modules\/diff\//);
  write("near/node_modules/hono/package.json", `{ "name": "hono", "type": "module", "exports": "./own.js" }`);
  write("near/node_modules/hono/own.js", `export class Hono {}`);
  const near = await code("near/server.ts", `import { Hono } from "hono"; export default Hono;`);
  expect(near.bundle.code).toMatch(/from "file:\/\/.*near\/node_modules\/hono\/own\.js"/);
});

test("a package that is not installed is named with file and line", async () => {
  const found = await problem(
    "missing/server.ts",
    `import { Hono } from "hono";\n\nimport ky from "ky";\nexport default ky;`,
  );
  expect(found).toMatchObject({ kind: "import", side: "server", line: 3 });
  expect(found.message).toBe(`server.ts, line 3, imports "ky", which is not installed: npm install ky, or use fetch.`);
});

test("a relative file that is not there is named with file and line", async () => {
  const found = await problem("gone/server.ts", `import { a } from "./nowhere.ts";\nexport default a;`);
  expect(found).toMatchObject({ kind: "import", line: 1 });
  expect(found.message).toContain(`server.ts, line 1, imports "./nowhere.ts", which is not there.`);
});

test("books.json is the workbook's where the file has none beside it", async () => {
  const { bundle } = await code(
    "books/server.ts",
    `import books from "../../../lessons/books.json"; export default books;`,
  );
  expect(bundle.code).toContain("Middlemarch");
});

test("a syntax error has file, line, column, and a calm sentence", async () => {
  const found = await problem("syntax/server.ts", `const a = 1;\nconst b = "é" + f(1;\n`);
  expect(found).toMatchObject({ kind: "syntax", line: 2, column: 20 });
  expect(found.message).toBe(`server.ts, line 2, column 20: expected ")" but found ";".`);
  expect(codeFrame({ ...found, file: path.join(folder, "syntax/server.ts") })).toEqual({
    lines: [
      { number: 1, text: "const a = 1;", marked: false },
      { number: 2, text: `const b = "é" + f(1;`, marked: true },
      { number: 3, text: "", marked: false },
    ],
    column: 20,
  });
});

test("an import of a name that a file does not export is named in the sentence", async () => {
  write("name/helper.ts", `export const right = 1;`);
  const found = await problem("name/server.ts", `import { wrong } from "./helper.ts";\nexport default wrong;`);
  expect(found.kind).toBe("import");
  expect(found.message).toMatch(/^server\.ts, line 1: no matching export .*"wrong"/);
});

test("a missing file and a folder get different sentences", async () => {
  expect(await compile("client", path.join(folder, "none.ts"))).toMatchObject({
    kind: "import",
    side: "client",
    line: null,
  });
  expect(await compile("client", folder)).toMatchObject({ message: expect.stringContaining("is a folder") });
});

test("wrong types do not matter", async () => {
  expect((await code("types/server.ts", `const a: number = "text"; export default a;`)).bundle.code).toContain(
    `"text"`,
  );
});

test.each(["server.mts", "server.js", "server.mjs", "server.tsx"])("%s is taken too", async (name) => {
  expect((await code(`kinds/${name}`, `export default { fetch() {} };`)).is).toBe("compiled");
});

test("require works, and lines stay right behind it", async () => {
  const compiled = await code(
    "require/server.js",
    `const fs = require("fs");\n\nexport default { fetch: () => marker(fs) };`,
  );
  expect(compiled.bundle.code).toContain("createRequire");
  expect(locate([frameOf(compiled, "marker")], { server: compiled })).toMatchObject({ line: 3, column: 31 });
});

test("a CommonJS file exports what the workbook needs", async () => {
  const compiled = await code("common/client.cjs", `\nexports.runReport = async () => marker(__dirname);`);
  const module = (await import(
    `data:text/javascript,${encodeURIComponent(`const marker = (x) => x;${compiled.bundle.code}`)}`
  )) as {
    runReport: () => Promise<string>;
  };
  expect(await module.runReport()).toBe(path.join(folder, "common"));
  expect(locate([frameOf(compiled, "marker")], { server: compiled })?.line).toBe(2);
});

test("a frame of the bundle is located in the learner's file, also in an imported one", async () => {
  write("map/lib/helper.ts", `interface A {\n  a: string;\n}\nexport function helper(a: A) {\n  return marker(a);\n}`);
  const compiled = await code("map/server.ts", `import { helper } from "./lib/helper.ts";\nexport default helper;`);
  const frame = frameOf(compiled, "marker");
  const frames = [{ url: "node:internal/timers", name: "", line: 1, column: 1 }, frame];
  expect(locate(frames, { server: compiled })).toEqual({
    file: path.join(folder, "map/lib/helper.ts"),
    line: 5,
    column: 10,
    side: "server",
  });
  const stack = `Error: x\n    at helper (learner:server:${frame.line}:${frame.column})`;
  expect(unbundled(stack, { server: compiled })).toContain(`helper.ts:5:10)`);
  expect(locate(frames, {})).toBeNull();
});
