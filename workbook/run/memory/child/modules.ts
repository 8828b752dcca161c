/** A fresh instance of the learner's module for each scenario; what it imports is shared, and warm. */
import { isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import v8 from "node:v8";
import type { Side } from "../../../contract/model/recording.ts";
import type { Bundle } from "../protocol.ts";
import { rememberGlobals } from "./clean-up.ts";
import { machine } from "./machine.ts";

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>>;

/** Of vm.SourceTextModule, what the types leave out. */
type Cacheable = vm.SourceTextModule & { createCachedData(): Buffer };

const shared = new Map<string, Promise<vm.Module>>();
/** What is compiled of a module's code; null where it was run once. */
const compiled = new Map<string, Buffer | null>();
/** Something was loaded since the globals were looked at last. */
let loaded = false;

/**
 * Instantiates and runs a bundle, as `learner:<side>`.
 * @throws what the learner's code throws at its top level, or a SyntaxError for an export that a package does not have
 */
export async function freshModule(bundle: Bundle, side: Side): Promise<Exports> {
  const url = pathToFileURL(bundle.file);
  const link = (spec: string, options?: object) => outside(absolute(spec, url), options);
  const options: vm.SourceTextModuleOptions = {
    identifier: `learner:${side}`,
    importModuleDynamically: ((spec: string, _from: unknown, attributes?: object) =>
      link(spec, hasKeys(attributes) ? { with: attributes } : undefined)) as never,
    initializeImportMeta(meta: ImportMeta) {
      const resolve = (spec: string) => (isBuiltin(spec) ? spec : new URL(spec, url).href);
      Object.assign(meta, { url: url.href, filename: bundle.file, dirname: path.dirname(bundle.file), resolve });
    },
  };
  const module = instantiate(bundle.code, options);
  await module.link((spec) => link(spec) as Promise<vm.Module>);
  // What a package adds to the globals when it is loaded for the first time is none of the learner's doing.
  if (loaded) rememberGlobals();
  loaded = false;
  await module.evaluate();
  return module.namespace as Exports;
}

/** Loads packages ahead, so that the first scenario finds them warm. */
export async function loadAhead(specs: readonly string[]): Promise<void> {
  for (const spec of specs) await outside(spec);
}

function instantiate(code: string, options: vm.SourceTextModuleOptions): vm.SourceTextModule {
  // A module made from compiled code forgets its importModuleDynamically (seen on Node 20).
  if (/\bimport\s*\(/.test(code)) return new vm.SourceTextModule(code, options);
  const cachedData = compiled.get(code);
  if (cachedData === undefined) {
    // Code that was just saved is waited for; from the second time on it pays to have all of it.
    compiled.set(code, null);
    return new vm.SourceTextModule(code, options);
  }
  if (cachedData === null) {
    const module = compileWhole(code, options);
    compiled.set(code, module.createCachedData());
    return module;
  }
  try {
    return new vm.SourceTextModule(code, { ...options, cachedData });
  } catch (error) {
    // V8 takes compiled code only under the flags that it was compiled with; a debugger changes them.
    if (!hasCode(error, "ERR_VM_MODULE_CACHED_DATA_REJECTED")) throw error;
    compiled.set(code, null);
    return new vm.SourceTextModule(code, options);
  }
}

/** With all its functions, which V8 else compiles when each is first called: only what is compiled is kept of a module. */
function compileWhole(code: string, options: vm.SourceTextModuleOptions): Cacheable {
  v8.setFlagsFromString("--no-lazy");
  try {
    return new vm.SourceTextModule(code, options) as Cacheable;
  } finally {
    v8.setFlagsFromString("--lazy");
  }
}

function outside(spec: string, options?: object): Promise<vm.Module> {
  const known = shared.get(spec);
  if (known) return known;
  const made = synthetic(spec, options);
  shared.set(spec, made);
  made.catch(() => shared.delete(spec));
  return made;
}

async function synthetic(spec: string, options?: object): Promise<vm.Module> {
  loaded = true;
  const exports = (await machine.load(spec, options)) as Exports;
  const names = Object.keys(exports);
  const module = new vm.SyntheticModule(
    names,
    () => {
      for (const name of names) module.setExport(name, exports[name]);
    },
    { identifier: spec },
  );
  await module.link(() => {
    throw new Error("A synthetic module imports nothing.");
  });
  await module.evaluate();
  return module;
}

function absolute(spec: string, from: URL): string {
  return /^\.{0,2}\//.test(spec) ? new URL(spec, from).href : spec;
}

function hasKeys(value: object | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
