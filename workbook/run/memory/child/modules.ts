/** A fresh instance of the learner's module for each scenario. What it imports is shared, and warm. */
import { isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import type { Side } from "../../../contract/model/recording.ts";
import type { Bundle } from "../bundle.ts";
import { rememberGlobals } from "./clean-up.ts";
import { machine } from "./machine.ts";

/** The exports of a module. */
export type Exports = Readonly<Record<string, unknown>>;

const shared = new Map<string, Promise<vm.Module>>();
/** A package was loaded since the last snapshot of the globals. */
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
  const module = new vm.SourceTextModule(bundle.code, options);
  await module.link((spec) => link(spec) as Promise<vm.Module>);
  // A package may add globals when it is first loaded. That is not the learner's doing.
  if (loaded) rememberGlobals();
  loaded = false;
  await module.evaluate();
  return module.namespace as Exports;
}

/** Loads packages before the first scenario needs them. */
export async function loadAhead(specs: readonly string[]): Promise<void> {
  for (const spec of specs) await outside(spec);
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
