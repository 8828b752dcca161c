/** Copies the workbook itself, without solutions. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

const parts = ["workbook", "lessons", "package.json", "tsconfig.json"];
/** What the workbook has bundled. Valid in a copy at the same path, since bundles are kept by path and content. */
const bundles = path.join(".workbook", "cache");

/** @param withBundles also copy what the workbook at `from` has bundled @throws the system's error */
export function copyWorkbook(from: string, to: string, withBundles: boolean): void {
  for (const part of parts) copy(path.join(from, part), path.join(to, part));
  if (withBundles && existsSync(path.join(from, bundles))) copy(path.join(from, bundles), path.join(to, bundles));
}

function copy(from: string, to: string): void {
  if (!statSync(from).isDirectory()) return copyFileSync(from, to);
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) copy(path.join(from, name), path.join(to, name));
}
