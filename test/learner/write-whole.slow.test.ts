/** Files are written whole or not at all. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "../../workbook/root.ts";
import { writeWhole } from "../../workbook/learner/write-whole.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), "whole-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a file is replaced, keeps its mode, and nothing is left beside it", () => {
  const file = path.join(folder, "server.ts");
  writeFileSync(file, "old");
  if (process.platform !== "win32") chmodSync(file, 0o640);
  writeWhole(file, Buffer.from("new"));
  expect(readFileSync(file, "utf8")).toBe("new");
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(["server.ts"]);
});

test("a link is followed and stays a link", () => {
  const target = path.join(folder, "target.ts");
  const link = path.join(folder, "server.ts");
  writeFileSync(target, "old");
  symlinkSync(target, link);
  writeWhole(link, Buffer.from("new"));
  expect(readFileSync(target, "utf8")).toBe("new");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test("where the new file cannot take its place, the error is thrown and nothing is left beside it", () => {
  const place = path.join(folder, "server.ts");
  mkdirSync(path.join(place, "inner"), { recursive: true });
  expect(() => writeWhole(place, Buffer.from("new"))).toThrow();
  expect(readdirSync(folder)).toEqual(["server.ts"]);
});

test("a process that is killed while it writes leaves the old file or the new one", { timeout: 60_000 }, async () => {
  const file = path.join(folder, "server.ts");
  const texts = ["a", "b"].map((letter) => letter.repeat(400_000));
  const module = pathToFileURL(path.join(root, "workbook", "learner", "write-whole.ts")).href;
  const script = `
    import { writeWhole } from ${JSON.stringify(module)};
    const texts = ["a", "b"].map((letter) => Buffer.from(letter.repeat(400_000)));
    process.stdout.write("ready");
    for (let turn = 0; ; turn++) writeWhole(${JSON.stringify(file)}, texts[turn % 2]);
  `;
  writeFileSync(file, texts[0] ?? "");
  for (let round = 0; round < 20; round++) {
    const args = ["--import", "tsx", "--input-type=module", "-e", script];
    const writer = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const gone = new Promise((resolve) => writer.once("exit", resolve));
    await new Promise((resolve) => writer.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, 5 + round * 3));
    writer.kill("SIGKILL");
    await gone;
    expect(texts).toContain(readFileSync(file, "utf8"));
  }
});
