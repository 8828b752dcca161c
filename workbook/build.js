/**
 * Bundles the workbook's own TypeScript with esbuild, once for each content of the files. A start then takes a third of
 * the processor time that compiling file by file takes; zod and diff are bundled too, since loading their many files takes
 * longer than loading all of ours.
 *
 * Bundles are kept in .workbook/cache, one folder for each program and content. A folder is written whole or not at all,
 * also when two processes bundle at once, and lists its files with their hashes: one that was damaged (a power cut leaves
 * empty files) is replaced. Hashing takes 7 ms for the sources and 2 ms for a bundle.
 *
 * Plain JavaScript, because nothing can compile it.
 */
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "..");
const childFolder = path.join(here, "run", "memory", "child");
const dayMs = 24 * 60 * 60 * 1000;
/** In a bundle's folder: the hash of each of its files. */
const list = "files.json";

/** Bundled modules keep the URL of their source, to find what lies beside it. This module isn't bundled: it is running already. */
const ownPlaces = {
  name: "own-places",
  setup(builder) {
    builder.onResolve({ filter: /\/build\.js$/ }, () => ({ path: import.meta.url, external: true }));
    builder.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const url = JSON.stringify(pathToFileURL(file).href);
      return { contents: readFileSync(file, "utf8").replaceAll("import.meta.url", url), loader: "ts" };
    });
  },
};

/** What esbuild is told for each program. */
const programs = {
  /** The commands, and what the suites of the exercises use. */
  engine: {
    entryPoints: { commands: path.join(here, "commands", "main.ts"), testing: path.join(here, "testing.ts") },
    splitting: true,
    external: ["esbuild"],
    plugins: [ownPlaces],
  },
  /** The process that a learner's file is run in; `child-debug` waits for a debugger first. */
  child: {
    entryPoints: { child: path.join(childFolder, "main.ts"), "child-debug": path.join(childFolder, "main-debug.ts") },
    inject: [path.join(childFolder, "globals.ts")],
    packages: "external",
  },
};

/** Loads a module of the engine: `commands`, or `testing` for the suites. */
export async function load(name) {
  return await import(pathToFileURL(path.join(await bundle("engine"), `${name}.mjs`)).href);
}

const bundles = new Map();

/**
 * Bundles a program, unless it has been.
 * @param {"engine" | "child"} program
 * @returns {Promise<string>} the folder of its files, absolute
 */
export function bundle(program) {
  let folder = bundles.get(program);
  if (!folder) bundles.set(program, (folder = findOrBuild(program)));
  return folder;
}

async function findOrBuild(program) {
  const cache = path.join(root, ".workbook", "cache");
  const folder = path.join(cache, `${program}-${(hash ??= sourceHash())}`);
  if (isWhole(folder)) return folder;
  // The sources may have changed since this process started.
  hash = sourceHash();
  const files = await build(program);
  try {
    return keep(files, cache, `${program}-${hash}`);
  } catch (error) {
    if (!cannotWrite(error)) throw error;
    return keep(files, temporaryFolder(), program);
  }
}

/** Of the sources, when this process first needed it. */
let hash;

/** The workbook's sources and packages as they are now. Their paths count too: `ownPlaces` writes them into bundles. */
function sourceHash() {
  // With types, although only names are needed: without, Node 20 asks the system about each entry, 5 ms in all.
  const sources = readdirSync(here, { recursive: true, withFileTypes: true })
    .filter(({ name }) => /\.[jt]s$/.test(name))
    .map(({ parentPath, name }) => path.join(parentPath, name));
  // npm writes it whenever it changes what is installed.
  const installed = path.join(root, "node_modules", ".package-lock.json");
  const sum = createHash("sha256");
  for (const file of [...sources.sort(), installed]) {
    const bytes = readIfThere(file) ?? "";
    sum.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return sum.digest("hex").slice(0, 16);
}

/** True if all files that the folder lists are as they were written. */
function isWhole(folder) {
  const text = readIfThere(path.join(folder, list));
  if (text === undefined) return false;
  let hashes;
  try {
    hashes = Object.entries(JSON.parse(text));
  } catch {
    return false; // The list itself is damaged.
  }
  return hashes.every(([name, sum]) => hashOf(readIfThere(path.join(folder, name)) ?? "") === sum);
}

/** @returns the files by name; esbuild does not write them, so that only errors of the file system are left for `keep` */
async function build(program) {
  // Loaded only now: most starts do without it.
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    ...programs[program],
    outExtension: { ".js": ".mjs" },
    outdir: "bundle",
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "silent",
  });
  return new Map(outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]));
}

/** Writes a bundle's files into a folder of that name, and removes bundles older than a day. @returns the folder */
function keep(files, cache, name) {
  mkdirSync(cache, { recursive: true });
  const folder = path.join(cache, name);
  const half = mkdtempSync(`${folder}.`);
  try {
    for (const [file, bytes] of files) writeFileSync(path.join(half, file), bytes);
    const hashes = [...files].map(([file, bytes]) => [file, hashOf(bytes)]);
    writeFileSync(path.join(half, list), JSON.stringify(Object.fromEntries(hashes)));
    moveTo(folder, half);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  prune(cache, folder);
  return folder;
}

/** Puts a whole bundle in its place, in place of a damaged one too. Another process may have been faster. */
function moveTo(folder, half) {
  for (let tries = 0; ; tries++) {
    try {
      return renameSync(half, folder);
    } catch (error) {
      if (isWhole(folder)) return;
      if (tries === 3) throw error;
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Removes old bundles. Not at once: a workbook that is still running may yet load the rest of its own. */
function prune(cache, current) {
  for (const name of readdirSync(cache)) {
    const entry = path.join(cache, name);
    const { mtimeMs = Infinity } = statSync(entry, { throwIfNoEntry: false }) ?? {};
    if (entry !== current && Date.now() - mtimeMs > dayMs) rmSync(entry, { recursive: true, force: true });
  }
}

let temporary;

/**
 * A folder that only this user can write to, removed when this process ends. Node looks for packages upwards from a
 * file's own folder, so the workbook's are linked there.
 */
function temporaryFolder() {
  if (temporary) return temporary;
  temporary = mkdtempSync(path.join(tmpdir(), "accepted-"));
  symlinkSync(path.join(root, "node_modules"), path.join(temporary, "node_modules"), "junction");
  process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));
  return temporary;
}

function cannotWrite({ code }) {
  return ["EACCES", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EEXIST"].includes(code);
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

function hashOf(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
