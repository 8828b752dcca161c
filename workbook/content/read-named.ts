import { readFileSync } from "node:fs";
import { pathFromRoot } from "./places.ts";
import type { NamedText } from "./diff.ts";

/** A file's text with LF line ends, named by its path from the root. @param file absolute */
export function readNamed(file: string): NamedText {
  return { file: pathFromRoot(file), text: readFileSync(file, "utf8").replaceAll("\r\n", "\n") };
}
