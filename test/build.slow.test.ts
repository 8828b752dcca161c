/** The bundles of the workbook: kept by the content of the sources, whole or not at all, and replaced when damaged. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "../workbook/root.ts";
import { freshClone, type Clone } from "./commands/clone.ts";

let clone: Clone;
beforeEach(() => {
  clone = freshClone();
});
afterEach(() => clone.remove());

const help = ["sync", "help"];
const cache = () => readdirSync(clone.at(".workbook", "cache")).sort();
const day = 24 * 60 * 60;

function edit(from: string, to: string): void {
  const file = clone.at("workbook", "commands", "sync.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

test("a bundle serves a content of the files, whatever their times", async () => {
  await clone.run(help);
  const first = cache();
  expect(first).toEqual([expect.stringMatching(/^engine-[0-9a-f]{16}$/)]);
  edit("for authors:", "for writers:");
  expect((await clone.run(help)).stdout).toContain("for writers:");
  expect(cache()).toHaveLength(2);
  edit("for writers:", "for authors:");
  utimesSync(clone.at("workbook", "commands", "sync.ts"), 1, 1);
  expect((await clone.run(help)).stdout).toContain("for authors:");
  expect(cache()).toHaveLength(2);
  expect(cache()).toContain(first[0]);
});

test("other packages need another bundle, and one that has gone is named", async () => {
  rmSync(clone.at("node_modules"), { recursive: true });
  mkdirSync(clone.at("node_modules"));
  for (const name of readdirSync(path.join(root, "node_modules")))
    symlinkSync(path.join(root, "node_modules", name), clone.at("node_modules", name), "junction");
  await clone.run(help);
  const before = cache();
  await clone.run(help);
  expect(cache()).toEqual(before);
  rmSync(clone.at("node_modules", ".package-lock.json"));
  writeFileSync(clone.at("node_modules", ".package-lock.json"), "{}");
  await clone.run(help);
  expect(cache()).toHaveLength(before.length + 1);
  // One of them goes, and npm does not know.
  rmSync(clone.at("node_modules", "esbuild"));
  expect(await clone.run(["lesson", "2"])).toMatchObject({ code: 2, stderr: expect.stringContaining("Run npm ci") });
});

test.each([
  ["engine", "an emptied file", "commands.mjs", 0],
  ["engine", "half a file", "commands.mjs", 400],
  ["engine", "an emptied list of files", "files.json", 0],
  ["child", "half a file", "child.mjs", 40_000],
])("of the %s, %s is noticed and replaced", { timeout: 60_000 }, async (program, _, name, bytes) => {
  clone.fill("01-not-everything-is-instant", "solutions");
  const call = program === "engine" ? help : ["grade", "1"];
  const before = await clone.run(call);
  expect(before.code).toBe(0);
  const folder = cache().find((each) => each.startsWith(program)) ?? "";
  const file = clone.at(".workbook", "cache", folder, name);
  const whole = readFileSync(file, "utf8");
  truncateSync(file, bytes);
  expect((await clone.run(call)).code).toBe(0);
  expect(readFileSync(file, "utf8")).toBe(whole);
  expect(cache()).toHaveLength(program === "engine" ? 1 : 2);
});

test("two processes that bundle at once both run, and leave one bundle", async () => {
  const ended = await Promise.all([clone.run(help), clone.run(help), clone.run(help)]);
  expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(ended.map(() => ({ code: 0, stderr: "" })));
  expect(cache()).toEqual([expect.stringMatching(/^engine-[0-9a-f]{16}$/)]);
});

test("bundles older than a day are removed when a new one is made", async () => {
  mkdirSync(clone.at(".workbook", "cache", "engine-old"), { recursive: true });
  mkdirSync(clone.at(".workbook", "cache", "engine-recent"));
  utimesSync(clone.at(".workbook", "cache", "engine-old"), 1, Date.now() / 1000 - day - 60);
  utimesSync(clone.at(".workbook", "cache", "engine-recent"), 1, Date.now() / 1000 - day + 60);
  await clone.run(help);
  expect(cache()).toEqual([expect.stringMatching(/^engine-[0-9a-f]{16}$/), "engine-recent"]);
});

test("where .workbook can't be written, bundles are kept in a temporary folder until the end", async () => {
  clone.fill("01-not-everything-is-instant", "solutions");
  writeFileSync(clone.at(".workbook"), "a file where the folder should be");
  const temporary = mkdtempSync(path.join(tmpdir(), "accepted-test-"));
  const env = { TMPDIR: temporary, TEMP: temporary };
  expect(await clone.run(["grade", "1"], env)).toMatchObject({ code: 0, stderr: "" });
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
});
