import { readFileSync } from "node:fs";

/** Reads a variant that is a whole file in this folder. */
export function whole(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
