/** A learner's file becomes one text of ESM and a source map, in the parent: the child never compiles. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  build,
  type BuildOptions,
  type BuildResult,
  type Loader,
  type Message,
  type OutputFile,
  type StdinOptions,
} from "esbuild";
import type { Problem, Side } from "../../contract/model/recording.ts";
import { root } from "../../root.ts";
import type { Compiled } from "./bundle.ts";
import { isPlain, outside } from "./imports.ts";
import { shown } from "./locate.ts";

export interface CompileOptions {
  /** The source map goes into the code, and the first line of the file begins with `debugger;`. Default false. */
  readonly forDebugger?: boolean;
}

/**
 * Bundles one file: what it imports relatively is in, packages stay outside. Types are not looked at.
 * @param file absolute path
 * @returns a Problem (syntax, import) where the file cannot be compiled; never rejects for a learner's fault
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
    return toProblem(side, file, message);
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
  const plain = await buildPlainly({ ...options, ...entry, packages: "external" }, folder);
  const careful = { ...options, plugins: [outside] };
  let result: BuildResult = plain ?? (await build({ ...careful, ...entry }));
  const source = isCommonJs(result, file)
    ? { stdin: { contents: commonJs(file), resolveDir: folder, sourcefile: "exports.js" } }
    : entry;
  const banner = needed(text(result.outputFiles), file);
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

/** The map as a debugger looks for it; the sources by whole URLs, so that breakpoints find the files. */
function inline(map: string, folder: string): string {
  const parsed = JSON.parse(map) as { sources: string[] };
  const sources = parsed.sources.map((source) => pathToFileURL(path.resolve(folder, source)).href);
  const text = Buffer.from(JSON.stringify({ ...parsed, sources })).toString("base64");
  return `//# sourceMappingURL=data:application/json;base64,${text}\n`;
}

/** The file with a stop in front, for a debugger that has no breakpoint yet. */
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
 * Without the plugin, which costs several ms: right when all that is imported is relative and there, built into Node,
 * or a heated package. undefined when it is not so; then the plugin says what is the matter.
 */
async function buildPlainly(options: BuildOptions, folder: string): Promise<BuildResult | undefined> {
  try {
    const result = await build(options);
    const imports = Object.values(result.metafile?.outputs ?? {}).flatMap((output) => output.imports);
    return imports.every((each) => each.kind === "import-statement" && isPlain(each.path, folder)) ? result : undefined;
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

/** One line in front of the bundle, for code written for CommonJS: what it expects to find there. */
function needed(code: string, file: string): string {
  const lines: string[] = [];
  if (/\b__require\b/.test(code)) {
    lines.push(`import { createRequire as __createRequire } from "node:module";`);
    lines.push(`const require = __createRequire(${JSON.stringify(file)});`);
  }
  if (/\b__filename\b/.test(code)) lines.push(`const __filename = ${JSON.stringify(file)};`);
  if (/\b__dirname\b/.test(code)) lines.push(`const __dirname = ${JSON.stringify(path.dirname(file))};`);
  return lines.join(" ");
}

/** A CommonJS file has one export as ESM sees it; what the workbook asks for is brought out by name. */
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

function firstMessage(error: unknown): Message | undefined {
  if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) return undefined;
  return (error.errors as Message[])[0];
}

function missing(side: Side, file: string): Problem {
  const message = existsSync(file)
    ? `${shown(file)} is a folder. Name the file that holds the ${side}.`
    : `There is no file ${shown(file)}. Write the ${side} there, or name the file that holds it.`;
  return { kind: "import", side, message, file: shown(file), line: null, column: null };
}

function toProblem(side: Side, file: string, message: Message): Problem {
  const { location } = message;
  const where = location ? path.resolve(path.dirname(file), location.file) : file;
  const line = location?.line ?? null;
  const column = location ? utf16(location.lineText, location.column) + 1 : null;
  const place = { side, file: shown(where), line, column };
  const name = path.basename(where);
  const at = line === null ? name : `${name}, line ${line}`;
  const detail = message.detail as { missing?: string } | undefined;
  if (detail?.missing !== undefined) return { kind: "import", ...place, message: `${at}, ${detail.missing}` };
  const said = calm(message.text);
  if (/^no matching export|^no loader is configured|^could not (resolve|read)|^cannot (import|read)/.test(said)) {
    return { kind: "import", ...place, message: `${at}: ${said}.` };
  }
  const column1 = column === null ? "" : `, column ${column}`;
  return { kind: "syntax", ...place, message: `${at}${column1}: ${said}.` };
}

/** esbuild's own words, as the rest of a sentence. */
function calm(words: string): string {
  const first = words.charAt(0).toLowerCase() + words.slice(1);
  return first
    .replace(/[.!\s]+$/, "")
    .replace(/^unexpected end of file$/, "the file ends too early; a bracket or a quote is still open");
}

/** esbuild counts columns in bytes of UTF-8. */
function utf16(line: string, bytes: number): number {
  return Buffer.from(line).subarray(0, bytes).toString().length;
}
