/** Why a learner's file could not be compiled, as a Problem with its place. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Message } from "esbuild";
import type { Problem, Side } from "../../contract/model/recording.ts";
import { shown } from "./locate.ts";

/** esbuild's first message; undefined for an error that is not about the code. */
export function firstMessage(error: unknown): Message | undefined {
  if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) return undefined;
  return (error.errors as Message[])[0];
}

/** For a path that is no file. */
export function missing(side: Side, file: string): Problem {
  const message = existsSync(file)
    ? `${shown(file)} is a folder. Name the file that holds the ${side}.`
    : `There is no file ${shown(file)}. Write the ${side} there, or name the file that holds it.`;
  return { kind: "import", side, message, file: shown(file), line: null, column: null };
}

/** @param file absolute path of the entry */
export function problemOf(side: Side, file: string, message: Message): Problem {
  const { location } = message;
  const where = location ? path.resolve(path.dirname(file), location.file) : file;
  const line = location?.line ?? null;
  const column = location ? utf16(location.lineText, location.column) + 1 : null;
  const place = { side, file: shown(where), line, column };
  const name = path.basename(where);
  const at = line === null ? name : `${name}, line ${line}`;
  const detail = message.detail as { missing?: string } | undefined;
  if (detail?.missing !== undefined) return { kind: "import", ...place, message: `${at}, ${detail.missing}` };
  const words = asClause(message.text);
  if (/^no matching export|^no loader is configured|^could not (resolve|read)|^cannot (import|read)/.test(words)) {
    return { kind: "import", ...place, message: `${at}: ${words}.` };
  }
  const column1 = column === null ? "" : `, column ${column}`;
  return { kind: "syntax", ...place, message: `${at}${column1}: ${words}.` };
}

/** esbuild's message as the rest of a sentence. */
function asClause(text: string): string {
  const first = text.charAt(0).toLowerCase() + text.slice(1);
  return first
    .replace(/[.!\s]+$/, "")
    .replace(/^unexpected end of file$/, "the file ends too early; a bracket or a quote is still open");
}

/** The column in characters of a string: esbuild counts bytes of UTF-8. */
function utf16(line: string, bytes: number): number {
  return Buffer.from(line).subarray(0, bytes).toString().length;
}
