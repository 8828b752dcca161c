import { readFileSync } from "node:fs";

/** The text of a variant that is a file of its own, in this folder. */
export function whole(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
