/** Imports a learner's file for real, and puts what goes wrong into a calm sentence. */
import path from "node:path";
import { pathToFileURL } from "node:url";

/** @throws whatever the module throws; see `whyNotLoaded`. */
export async function load(file: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

/** Says in a sentence or two why a file could not be imported. */
export function whyNotLoaded(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const syntax = /^(.+?):(\d+):(\d+): ERROR: (.*)$/m.exec(message);
  if (syntax) {
    const [, where = file, line, column, what = ""] = syntax;
    return `${path.basename(where)}, line ${line}, column ${Number(column) + 1}: ${lowerFirst(what)}`;
  }
  const missing = /^Cannot find (?:package|module) '([^']+)'/.exec(message);
  if (missing) return `${path.basename(file)} imports ${missing[1]}, which is not there. Mend the import, or install it.`;
  const stack = error instanceof Error ? frameOf(file, error) : null;
  return `${path.basename(file)} throws while it is imported${stack === null ? "" : `, line ${stack}`}: ${message}`;
}

function frameOf(file: string, error: Error): number | null {
  const line = (error.stack ?? "").split("\n").find((each) => each.includes(path.basename(file)));
  const found = line === undefined ? null : /:(\d+):\d+\)?$/.exec(line);
  return found ? Number(found[1]) : null;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
