/** Turns what a promise was rejected with into plain data, also when reading its properties throws. */
import type { ErrorRecord } from "../../../contract/model/recording.ts";
import { types } from "node:util";

const deepest = 8;
/** Characters of a name or a message that are kept. */
const longest = 65_536;
/** V8's own words, also in the form of `String(error)`. A learner's own sentence that ends in "is not valid JSON" doesn't match. */
const parserWords =
  /^(SyntaxError: )?(Unexpected (token|end of JSON|non-whitespace|number|string)|(".*"|"[^"]*"\.\.\. ?.*) is not valid JSON$)/s;

/** @param reason the grader's signal, to compare with its reason; undefined when there is none */
export function errorRecord(thing: unknown, reason: { readonly reason: unknown } | undefined, depth = 0): ErrorRecord {
  const isError = safely(() => types.isNativeError(thing) || thing instanceof Error, false);
  const name = isError ? text(read(thing, "name")) : "";
  const message = isError ? text(read(thing, "message")) : text(thing);
  const cause = depth < deepest ? read(thing, "cause") : undefined;
  return {
    isError,
    name,
    message,
    status: status(thing),
    isReason: reason !== undefined && thing === reason.reason,
    isInvalidUrl:
      read(thing, "code") === "ERR_INVALID_URL" ||
      (name === "TypeError" && /^(Failed to parse URL|Invalid URL)/.test(message)),
    isParserMessage: name === "SyntaxError" || parserWords.test(message),
    cause: cause === undefined || cause === null ? null : errorRecord(cause, reason, depth + 1),
  };
}

function status(thing: unknown): number | null {
  const found = [read(thing, "status"), read(thing, "statusCode"), read(read(thing, "response"), "status")];
  // As text too: some APIs write it so in their problem documents, and clients pass it on.
  const numbers = found.map((value) => (typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value));
  return numbers.find((value): value is number => typeof value === "number") ?? null;
}

function read(thing: unknown, key: string): unknown {
  if ((typeof thing !== "object" && typeof thing !== "function") || thing === null) return undefined;
  return safely(() => Reflect.get(thing, key) as unknown, undefined);
}

function text(thing: unknown): string {
  return wholeText(thing).slice(0, longest);
}

function wholeText(thing: unknown): string {
  if (typeof thing === "string") return thing;
  const json = typeof thing === "object" && thing !== null ? safely(() => JSON.stringify(thing), undefined) : undefined;
  return json ?? safely(() => String(thing), "something that cannot be shown as text");
}

function safely<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
