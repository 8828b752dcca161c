/**
 * Loads the engine. Its 100 files are bundled by esbuild into .workbook/engine, once for each state of the files: a
 * start then takes a third of the processor time that compiling them one by one (tsx) takes at every start. Where the
 * bundle cannot be kept, tsx does it. zod and diff are in it, of which most is not used: to load their files takes longer
 * than all of ours.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const dayMs = 24 * 60 * 60 * 1000;
const cache = path.join(here, "..", ".workbook", "engine");
/** npm writes it whenever it changes what is installed. */
const installed = path.join(here, "..", "node_modules", ".package-lock.json");

/** A module of the engine: `commands`, or `testing` for the suites. */
export async function load(name) {
  const folder = path.join(cache, stamp());
  if (existsSync(folder) || (await bundled(folder)))
    return await import(pathToFileURL(path.join(folder, `${name}.mjs`)).href);
  const tsx = await import("tsx/esm/api");
  tsx.register();
  return name === "testing" ? await import("./testing.ts") : await import("./commands/main.ts");
}

/** A name for the engine's files and the packages as they are now: by path, size and time of change. */
function stamp() {
  const files = readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => /\.[jt]s$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  const lines = [...files, installed].map((file) => {
    const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return `${file} ${size} ${mtimeMs}`;
  });
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex").slice(0, 16);
}

/** True if the bundle is there now. Whole or not at all, also when two processes make it at once. */
async function bundled(folder) {
  const half = `${folder}.${process.pid}`;
  try {
    mkdirSync(half, { recursive: true });
  } catch {
    return false; // Nothing can be written here.
  }
  try {
    const { build } = await import("esbuild");
    await build({
      entryPoints: { commands: path.join(here, "commands", "main.ts"), testing: path.join(here, "testing.ts") },
      outExtension: { ".js": ".mjs" },
      outdir: half,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["esbuild"],
      logLevel: "silent",
      plugins: [ownPlaces],
    });
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  // Not at once: a workbook that is running may still load the rest of its own.
  for (const name of readdirSync(cache)) {
    const old = path.join(cache, name);
    if (Date.now() - statSync(old).mtimeMs > dayMs) rmSync(old, { recursive: true, force: true });
  }
  return true;
}

/** A file of the bundle goes on knowing where it was written: in workbook/, beside what it reads and starts. */
const ownPlaces = {
  name: "own-places",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const contents = readFileSync(file, "utf8").replaceAll(
        "import.meta.url",
        JSON.stringify(pathToFileURL(file).href),
      );
      return { contents, loader: "ts" };
    });
  },
};
