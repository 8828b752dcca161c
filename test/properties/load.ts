/** Loads a solution or a mutant as a fresh module for each script. */
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { places } from "../../workbook/content/places.ts";
import { type Case, sourceOf } from "../subjects/mutants/cases.ts";

export interface Client {
  runReport(baseUrl: string, params: Record<string, unknown>, options?: { timeoutMs?: number }): Promise<unknown>;
}

export interface Server {
  readonly default: { fetch(request: Request): Response | Promise<Response> };
}

/**
 * Compiles a case once.
 * @returns a function that evaluates the module again in this process, with the globals of that moment
 */
export async function copies<Module>(one: Case): Promise<() => Module> {
  const file = places(one.exercise).solution(`${one.side}.ts`);
  const { outputFiles } = await build({
    stdin: { contents: sourceOf(one), resolveDir: path.dirname(file), sourcefile: file, loader: "ts" },
    bundle: true,
    packages: "external",
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
  });
  // eslint-disable-next-line no-new-func
  const run = new Function("require", "module", outputFiles[0]?.text ?? "") as (
    require: unknown,
    module: unknown,
  ) => void;
  const require = createRequire(file);
  return () => {
    const module = { exports: {} };
    run(require, module);
    return module.exports as Module;
  };
}
