/** Imports a learner's file for real, and puts what it throws into a calm sentence. It was compiled before. */
import path from "node:path";
import { pathToFileURL } from "node:url";

/** @throws whatever the module throws; see `whyNotLoaded`. */
export async function load(file: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

/** Says in a sentence why a file could not be imported. */
export function whyNotLoaded(file: string, error: unknown): string {
  const name = path.basename(file);
  if (!(error instanceof Error)) return `${name} throws while it is imported: ${String(error)}`;
  const line = lineIn(name, error.stack ?? "");
  return `${name}${line === null ? "" : `, line ${line},`} throws while it is imported: ${error.message}`;
}

function lineIn(name: string, stack: string): number | null {
  const frame = stack.split("\n").find((each) => each.includes(`${name}:`));
  const found = frame === undefined ? null : /:(\d+):\d+\)?$/.exec(frame);
  return found ? Number(found[1]) : null;
}
