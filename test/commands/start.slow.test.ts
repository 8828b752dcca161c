import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../workbook/root.ts";
import { freshClone, type Clone } from "./clone.ts";

let clone: Clone;
beforeAll(() => {
  clone = freshClone();
});
afterAll(() => clone.remove());

test("an old Node is refused in one sentence, with exit code 2", () => {
  const versions = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.3" } })`;
  const args = [
    "--import",
    `data:text/javascript,${encodeURIComponent(versions)}`,
    clone.at("workbook", "main.js"),
    "lesson",
  ];
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe(
    "The workbook needs Node 20.19 or newer and this is Node 20.18.3: install a current one from https://nodejs.org, then type the same line again.\n",
  );
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

test("without its packages the workbook says to run npm ci, also where it has run before", async () => {
  const bare = freshClone();
  try {
    for (const line of [["lesson"], ["lesson", "1"]]) {
      rmSync(bare.at("node_modules"), { recursive: true, force: true });
      mkdirSync(bare.at("node_modules"));
      const { status, stderr } = spawnSync(process.execPath, [bare.at("workbook", "main.js"), ...line], {
        encoding: "utf8",
      });
      expect(stderr).toBe(
        "The workbook's packages are not installed yet. Run npm ci in its folder, then the same line again.\n",
      );
      expect(status).toBe(2);
      rmSync(bare.at("node_modules"), { recursive: true });
      symlinkSync(path.join(root, "node_modules"), bare.at("node_modules"), "junction");
      expect((await bare.run(["lesson", "2"])).code).toBe(1);
    }
  } finally {
    bare.remove();
  }
});

test("a wrong call ends a real process with 2 and its sentence on standard error", async () => {
  const { code, stdout, stderr } = await clone.run(["lesson", "17"]);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("There is no step"),
  });
});

test("a doctor that may not write says what to fix, and ends with a block to paste", async () => {
  rmSync(clone.at(".workbook"), { recursive: true, force: true });
  writeFileSync(clone.at(".workbook"), "a file where the folder should be");
  try {
    const { code, stdout } = await clone.run(["doctor"]);
    expect(stdout).toContain(".workbook cannot be written");
    expect(stdout.trimEnd()).toMatch(/```text\nworkbook [^]*\nFAIL write: [^]*```$/);
    expect(code).toBe(1);
  } finally {
    rmSync(clone.at(".workbook"));
  }
});
