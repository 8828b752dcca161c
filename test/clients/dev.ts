/** Packages that only maintainers have. They are in dev/node_modules, which `npm run check` installs. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../workbook/root.ts";

const home = path.join(root, "dev", "node_modules");

/** Why the tests that need these packages are skipped; null when the packages are installed. */
export const whyWithout: string | null = existsSync(home)
  ? null
  : "dev/node_modules is not there: npm ci --prefix dev installs it, and npm run check does so by itself";

/**
 * Loads the file of a package that its `import` condition names.
 * @param file path below dev/node_modules
 */
export async function loadDev<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(path.join(home, file)).href)) as Module;
}

/** Loads a package as `require` does. @param name as in dev/package.json */
export function requireDev<Module>(name: string): Module {
  return createRequire(path.join(home, "..", "package.json"))(name) as Module;
}

/** The installed version of a package. */
export function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(path.join(home, name, "package.json"), "utf8")) as { version: string };
  return version;
}
