/** The catalogue of books that all reports are about. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Book } from "../contract/model/world.ts";
import { root } from "../root.ts";

let read: readonly Book[] | undefined;

/** The books of lessons/books.json. The file is read once. */
export function books(): readonly Book[] {
  return (read ??= JSON.parse(readFileSync(path.join(root, "lessons", "books.json"), "utf8")) as Book[]);
}
