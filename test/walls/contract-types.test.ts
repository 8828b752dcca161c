/** The contract's own tsconfig.json knows what every JavaScript engine has, and URL; nothing of Node or a browser. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../workbook/root.ts";
import { inFolder } from "./temporary.ts";

const unknown = {
  process: "export const a = process.version;\n",
  Buffer: `export const a = Buffer.from("");\n`,
  setTimeout: "export const a = () => setTimeout(() => {}, 1);\n",
  document: "export const a = document.title;\n",
  window: "export const a = window.location;\n",
  fetch: `export const a = () => fetch("/");\n`,
};
const known = { URL: `export const a = JSON.stringify(new URL("http://localhost/").href);\n` };

/** Checks files with the contract's tsconfig.json, and returns what tsc prints, in lines. */
function typeErrors(files: Readonly<Record<string, string>>): string[] {
  const named = Object.entries(files).map(([name, text]) => [`workbook/contract/judge/${name}.ts`, text]);
  return inFolder(Object.fromEntries(named), (folder) => {
    const copied = ["package.json", "tsconfig.json", "workbook/contract/tsconfig.json", "workbook/contract/web.d.ts"];
    for (const file of copied) copyFileSync(path.join(root, file), path.join(folder, file));
    mkdirSync(path.join(folder, "node_modules"));
    const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const args = [tsc, "-p", "workbook/contract", "--pretty", "false"];
    const done = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    if (done.error) throw done.error;
    return done.stdout.split("\n").filter((line) => line !== "");
  });
}

describe("in a file of the contract", () => {
  const errors = typeErrors({ ...unknown, ...known });
  const errorsOf = (name: string) => errors.filter((line) => line.startsWith(`workbook/contract/judge/${name}.ts(`));

  test.each(Object.keys(unknown))("%s is unknown", (name) => {
    expect(errorsOf(name)).toHaveLength(1);
    expect(errorsOf(name)[0]).toContain(`Cannot find name '${name}'`);
  });

  test.each(Object.keys(known))("%s is known", (name) => {
    expect(errorsOf(name)).toEqual([]);
  });

  test("nothing else is wrong", () => {
    expect(errors).toHaveLength(Object.keys(unknown).length);
  });
});
