/** What the file system refuses: a sentence and exit code 2, and the learner's file is as it was. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalWords } from "../../workbook/commands/refusal.ts";
import { freshClone, type Clone } from "./clone.ts";

const slug = "02-accepted";
let clone: Clone;
beforeAll(() => void (clone = freshClone()));
afterAll(() => clone.remove());

test("take, reset: where no backup can be made, nothing is replaced", { timeout: 60_000 }, async () => {
  const mine = clone.at("exercises", slug, "server.ts");
  mkdirSync(clone.at("exercises", slug), { recursive: true });
  writeFileSync(mine, "mine");
  rmSync(clone.at(".workbook", "backups"), { recursive: true, force: true });
  mkdirSync(clone.at(".workbook"), { recursive: true });
  writeFileSync(clone.at(".workbook", "backups"), "a file where the folder should be");
  for (const word of ["take", "reset"]) {
    const { code, stdout, stderr } = await clone.run(["lesson", "2", word]);
    expect(stderr).toMatch(/^\.workbook\/backups\/\S+ could not be read or written \(ENOTDIR\): .*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(readFileSync(mine, "utf8")).toBe("mine");
  }
});

test("only an error of the file system is a refusal", () => {
  expect(refusalWords(Object.assign(new Error("x"), { code: "EACCES", syscall: "open", path: "/x" }))).toContain(
    "EACCES",
  );
  expect(refusalWords(Object.assign(new Error("x"), { code: "EACCES" }))).toBeNull();
  expect(refusalWords(Object.assign(new Error("x"), { code: "ENOENT", syscall: "open", path: "/x" }))).toBeNull();
  expect(refusalWords(new TypeError("x is not a function"))).toBeNull();
});
