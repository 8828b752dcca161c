/** What a promise was rejected with, as plain data: things that throw when they are looked at are no reason to fail. */
import type { ErrorRecord } from "../../../contract/model/recording.ts";
import { types } from "node:util";

const deepest = 8;
/** Characters of a name or a message that are kept. */
const longest = 65_536;
/** V8's own words, also as `String(error)` has them; a sentence of the learner's that ends in "is not valid JSON" is none. */
const parserWords =
  /^(SyntaxError: )?(Unexpected (token|end of JSON|non-whitespace|number|string)|(".*"|"[^"]*"\.\.\. ?.*) is not valid JSON$)/s;

/** @param reason the grader's own signal's reason, or undefined when there is none to compare with. */
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
  // As text too: problem documents of some APIs have it so, and clients hand it on.
  const told = found.map((value) => (typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value));
  return told.find((value): value is number => typeof value === "number") ?? null;
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
