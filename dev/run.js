/** Programs of the workbook's own packages, and the tools in dev/. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** A path in the workbook's folder. */
export function inFolder(...parts) {
  return path.join(root, ...parts);
}

/** Runs a JavaScript program in the workbook's folder, with the output shown. @returns true if it ended with 0 */
export function run(file, args, environment = {}) {
  const env = { ...process.env, ...environment };
  const done = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: "inherit", env });
  if (done.error) throw done.error;
  return done.status === 0;
}

/**
 * Installs the tools that only maintainers need, unless they are there. They have a folder and a lockfile of their own.
 * @throws Error when npm fails
 */
export function installTools() {
  if (existsSync(inFolder("dev", "node_modules", ".package-lock.json"))) return;
  console.log("Installing the maintainers' tools into dev/node_modules …");
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
  const done = spawnSync(command, [...first, "ci", "--prefix", inFolder("dev"), "--no-fund", "--no-audit"], {
    cwd: root,
    stdio: "inherit",
    shell: !npm && process.platform === "win32",
  });
  if (done.status !== 0) throw new Error("npm ci in dev/ failed; see above.");
}
