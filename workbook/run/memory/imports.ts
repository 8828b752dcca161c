/** Where a learner's imports lead: into the bundle, to a package that the child has loaded, or to a file outside. */
import { existsSync } from "node:fs";
import { builtinModules, isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportKind, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { root } from "../../root.ts";

/** Packages that a child has loaded before the learner's file arrives; it links imports to them by name. */
const preloaded = /^(hono|zod|@hono\/node-server)(?:\/|$)/;
/** Files that the bundler takes in even from a package: Node 20 could not import them. */
const compilable = /\.(?:[mc]?tsx?|jsx|json)$/;
/** Marks a question of ours to esbuild, so that the plugin doesn't answer it itself. */
const isOurs = "accepted:ours";

/** True if an import stays as it is written: a module of Node, or a preloaded package without a copy nearer to the file. */
export function keepsName(spec: string, folder: string): boolean {
  if (isBuiltin(spec)) return true;
  const name = preloaded.exec(spec)?.[1];
  if (name === undefined) return false;
  for (let at = folder; ; at = path.dirname(at)) {
    if (at === root || at === path.dirname(at)) return true;
    if (existsSync(path.join(at, "node_modules", name))) return false;
  }
}

/** Keeps packages out of the bundle, and says in a sentence what is not installed. */
export const resolveImports: Plugin = {
  name: "resolve-imports",
  setup(builder) {
    builder.onResolve({ filter: /^[^./#]/ }, (args) => bare(builder, args));
    builder.onResolve({ filter: /^\.{1,2}(?:\/|$)|^\// }, (args) => relative(builder, args));
  },
};

async function bare(builder: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | undefined> {
  if (args.pluginData === isOurs || args.kind === "entry-point" || path.isAbsolute(args.path)) return undefined;
  if (isBuiltin(args.path)) {
    return { path: args.path.startsWith("node:") ? args.path : `node:${args.path}`, external: true };
  }
  if (/^(?:data|file|https?):/.test(args.path)) return { path: args.path, external: true };
  const own = await resolve(builder, args, args.resolveDir);
  const found = own ?? (await resolve(builder, args, root));
  if (!found) return { errors: [{ text: "", detail: { missing: notInstalled(args.path) } }] };
  if (compilable.test(found)) return { path: found };
  if (isRequire(args.kind)) return { path: found, external: true };
  if (preloaded.test(args.path) && inWorkbook(found)) return { path: args.path, external: true };
  return { path: pathToFileURL(found).href, external: true };
}

async function relative(builder: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | undefined> {
  if (args.pluginData === isOurs || args.kind === "entry-point") return undefined;
  const wanted = path.resolve(args.resolveDir, args.path);
  if (existsSync(wanted) && path.extname(wanted) !== "") return undefined;
  if (path.basename(args.path) === "books.json") return { path: path.join(root, "lessons", "books.json") };
  if (await resolve(builder, args, args.resolveDir)) return undefined;
  return { errors: [{ text: "", detail: { missing: notThere(args.path) } }] };
}

/** Where esbuild itself would look; undefined if it finds nothing. */
async function resolve(builder: PluginBuild, args: OnResolveArgs, resolveDir: string): Promise<string | undefined> {
  const { kind, importer, path: wanted } = args;
  const result = await builder.resolve(wanted, { resolveDir, kind, importer, pluginData: isOurs });
  return result.errors.length === 0 && result.path !== "" ? result.path : undefined;
}

function isRequire(kind: ImportKind): boolean {
  return kind === "require-call" || kind === "require-resolve";
}

function inWorkbook(file: string): boolean {
  return file.startsWith(path.join(root, "node_modules") + path.sep);
}

function notInstalled(spec: string): string {
  const name = spec.split("/", spec.startsWith("@") ? 2 : 1).join("/");
  const near = builtinModules.find((builtin) => builtin === name.toLowerCase());
  if (near) return `imports "${spec}", which is not installed: did you mean "node:${near}"?`;
  const instead = /^(?:ky|axios|got|undici|node-fetch|superagent)$/.test(name) ? ", or use fetch" : "";
  return `imports "${spec}", which is not installed: npm install ${name}${instead}.`;
}

function notThere(spec: string): string {
  return `imports "${spec}", which is not there. Check the path, and how the name is spelled.`;
}
