/** Imports a learner's file in Node itself. It compiled before, so what can still go wrong is what it does while it loads. */
import path from "node:path";
import { pathToFileURL } from "node:url";

/** @throws whatever the module throws; see `whyNotLoaded` */
export async function load(file: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

/** A sentence on why the import failed. */
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
