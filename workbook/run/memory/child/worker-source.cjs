"use strict";
// A learner's worker thread may be written in TypeScript, as with `npm run serve`. Nothing here loads TypeScript, so its file
// is bundled when the thread is created, once per saved version.

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { fileURLToPath } = require("node:url");

const bundles = new Map();

/** @returns the source for a Worker: unchanged, or the path of a bundle. @throws esbuild's own error for a broken file */
exports.runnable = function runnable(source, { eval: isCode } = {}) {
  if (isCode || (source instanceof URL && source.protocol !== "file:")) return source;
  const file = source instanceof URL ? fileURLToPath(source) : String(source);
  if (!/\.[mc]?tsx?$/.test(file) || !fs.existsSync(file)) return source;
  const state = `${file} ${fs.statSync(file).mtimeMs}`;
  if (!bundles.has(state)) bundles.set(state, bundle(file));
  return bundles.get(state);
};

/** esbuild without its worker thread: that would run on the virtual clock, which waits for it. */
function esbuild() {
  const name = "ESBUILD_WORKER_THREADS";
  const before = process.env[name];
  process.env[name] = "0";
  try {
    return require("esbuild");
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

function bundle(file) {
  const { buildSync } = esbuild();
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "silent",
    define: { "import.meta.url": JSON.stringify(require("node:url").pathToFileURL(file).href) },
  });
  const { text } = outputFiles[0];
  const name = `worker-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.mjs`;
  // Beside the child's own program, because packages are found from there.
  const target = path.join(path.dirname(process.argv[1]), name);
  if (!fs.existsSync(target) || fs.readFileSync(target, "utf8") !== text) {
    fs.writeFileSync(`${target}.${process.pid}`, text);
    fs.renameSync(`${target}.${process.pid}`, target);
  }
  return target;
}
