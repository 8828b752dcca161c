/** What a process needs that runs in a copy of the workbook. */
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { root } from "../root.ts";

/**
 * Links this workbook's packages into the copy, and makes a home and a temporary folder there.
 * @returns the whole environment of a process in the copy: none of the teacher's variables, and always the same language,
 * so that marks do not depend on the machine
 */
export function prepareEnvironment(folder: string): Readonly<Record<string, string>> {
  const [home, tmp] = [path.join(folder, "home"), path.join(folder, "tmp")];
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  for (const each of [home, tmp]) mkdirSync(each);
  const own = { HOME: home, TMPDIR: tmp, TMP: tmp, TEMP: tmp, LANG: "en_US.UTF-8" };
  const search = process.env["PATH"] ?? "";
  if (process.platform !== "win32") return { PATH: search, ...own };
  // Windows starts no program that uses the network or random numbers without SystemRoot.
  return { PATH: search, ...own, USERPROFILE: home, SystemRoot: process.env["SystemRoot"] ?? "C:\\Windows" };
}
