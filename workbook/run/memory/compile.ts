/** Compiles a learner's file to one ES module and a source map. Only the parent process compiles, the child never. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildOptions, type BuildResult, type Loader, type OutputFile, type StdinOptions } from "esbuild";
import type { Problem, Side } from "../../contract/model/recording.ts";
import { root } from "../../root.ts";
import type { Compiled } from "./bundle.ts";
import { firstMessage, missing, problemOf } from "./compile-problem.ts";
import { keepsName, resolveImports } from "./imports.ts";

export interface CompileOptions {
  /** Puts the source map into the code, and `debugger;` in front of the file's first line. Default false. */
  readonly forDebugger?: boolean;
}

/**
 * Bundles a file with the files that it imports; packages stay imports. Types are not checked.
 * @param file absolute path
 * @returns a Problem (syntax, import) if the file can't be compiled; rejects only for a fault that isn't the learner's
 */
export async function compile(side: Side, file: string, options: CompileOptions = {}): Promise<Compiled | Problem> {
  if (!existsSync(file) || !statSync(file).isFile()) return missing(side, file);
  try {
    const output = await bundle(file, options.forDebugger ?? false);
    const { code, ...rest } = output;
    return { is: "compiled", side, bundle: { file, code }, ...rest };
  } catch (error) {
    const message = firstMessage(error);
    if (!message) throw error;
    return problemOf(side, file, message);
  }
}

async function bundle(
  file: string,
  forDebugger: boolean,
): Promise<Omit<Compiled, "is" | "side" | "bundle"> & { code: string }> {
  const folder = path.dirname(file);
  const options = {
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: [],
    charset: "utf8",
    logLevel: "silent",
    sourcemap: "external",
    sourcesContent: forDebugger,
    absWorkingDir: folder,
    outfile: path.join(folder, "bundle.js"),
  } satisfies BuildOptions;
  const entry = forDebugger ? { stdin: stopping(file) } : { entryPoints: [file] };
  const quick = await buildWithoutPlugin({ ...options, ...entry, packages: "external" }, folder);
  const careful = { ...options, plugins: [resolveImports] };
  let result: BuildResult = quick ?? (await build({ ...careful, ...entry }));
  const source = isCommonJs(result, file)
    ? { stdin: { contents: commonJs(file), resolveDir: folder, sourcefile: "exports.js" } }
    : entry;
  const banner = commonJsNames(text(result.outputFiles), file);
  if (banner !== "" || source !== entry) result = await build({ ...careful, ...source, banner: { js: banner } });
  const map = result.outputFiles?.find((output) => output.path.endsWith(".map"))?.text ?? "";
  const code = text(result.outputFiles);
  const inputs = Object.keys(result.metafile?.inputs ?? {}).map((name) => path.resolve(folder, name));
  const borrowed = inSolutions(file) ? [] : inputs.filter(inSolutions);
  return {
    code: forDebugger ? `${code}${inline(map, folder)}` : code,
    map,
    inputs,
    borrowed: borrowed.map((name) => path.relative(root, name)),
  };
}

function inSolutions(file: string): boolean {
  return file.startsWith(path.join(root, "solutions") + path.sep);
}

/** The map as debuggers read it, with its sources as whole URLs, so that breakpoints find the files. */
function inline(map: string, folder: string): string {
  const parsed = JSON.parse(map) as { sources: string[] };
  const sources = parsed.sources.map((source) => pathToFileURL(path.resolve(folder, source)).href);
  const text = Buffer.from(JSON.stringify({ ...parsed, sources })).toString("base64");
  return `//# sourceMappingURL=data:application/json;base64,${text}\n`;
}

/** The file with `debugger;` in front, for a debugger that has no breakpoint yet. */
function stopping(file: string): StdinOptions {
  const contents = `debugger;${readFileSync(file, "utf8")}`;
  return { contents, sourcefile: file, resolveDir: path.dirname(file), loader: loaderOf(file) };
}

function loaderOf(file: string): Loader {
  const name = path.extname(file);
  if (name.endsWith("x")) return "tsx";
  return name.endsWith("ts") ? "ts" : "js";
}

/**
 * Builds without the plugin, which costs 8 ms of the 45 ms of processor time that a save takes here. That is enough if each
 * import is a relative file that exists, a module of Node, or a package that the child has loaded.
 * @returns undefined if it isn't enough; then the plugin resolves the imports, or says what is wrong
 */
async function buildWithoutPlugin(options: BuildOptions, folder: string): Promise<BuildResult | undefined> {
  try {
    const result = await build(options);
    const imports = Object.values(result.metafile?.outputs ?? {}).flatMap((output) => output.imports);
    return imports.every((each) => each.kind === "import-statement" && keepsName(each.path, folder))
      ? result
      : undefined;
  } catch (error) {
    if (firstMessage(error)) return undefined;
    throw error;
  }
}

function isCommonJs(result: BuildResult, file: string): boolean {
  return result.metafile?.inputs[path.basename(file)]?.format === "cjs";
}

function text(files: readonly OutputFile[] | undefined): string {
  return files?.find((output) => output.path.endsWith(".js"))?.text ?? "";
}

/** One line in front of the bundle with the names that code written for CommonJS uses; "" if it uses none. */
function commonJsNames(code: string, file: string): string {
  const lines: string[] = [];
  if (/\b__require\b/.test(code)) {
    lines.push(`import { createRequire as __createRequire } from "node:module";`);
    lines.push(`const require = __createRequire(${JSON.stringify(file)});`);
  }
  if (/\b__filename\b/.test(code)) lines.push(`const __filename = ${JSON.stringify(file)};`);
  if (/\b__dirname\b/.test(code)) lines.push(`const __dirname = ${JSON.stringify(path.dirname(file))};`);
  return lines.join(" ");
}

/** A module that exports a CommonJS file's values by name: as ESM sees it, the file has only a default export. */
function commonJs(file: string): string {
  const from = JSON.stringify(`./${path.basename(file)}`);
  return [
    `import * as all from ${from};`,
    `const whole = all.default ?? all;`,
    `export default whole.default ?? whole;`,
    `export const runReport = whole.runReport;`,
    `export const jobs = whole.jobs;`,
  ].join("\n");
}
