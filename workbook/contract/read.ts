/** How the contract reads a message: headers, JSON, and what counts as text, absent and equal. All pure. */
import type { HeaderPair, HttpResponse } from "./types.ts";

/** Anything that has header lines. */
type Headed = { readonly headers: readonly HeaderPair[] };

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The values of all lines of this header, in order. `name` in lower case. */
export function headerLines(message: Headed, name: string): string[] {
  return message.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** The header's value, repeated lines joined by ", " (RFC 9110, 5.3); null when there is none. */
export function headerOf(message: Headed, name: string): string | null {
  const lines = headerLines(message, name);
  return lines.length === 0 ? null : lines.join(", ");
}

/** `application/json` or a type that ends in `+json`, in any case, parameters ignored. */
export function isJsonType(contentType: string | null | undefined): boolean {
  return /^\s*(application\/json|[^\s;,/]+\/[^\s;,/]+\+json)\s*(;|$)/i.test(contentType ?? "");
}

/** The JSON value of a text; undefined when it is none. */
export function jsonOf(text: string | null | undefined): unknown {
  if (text === null || text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The JSON value of an answer whose content type says JSON too; else undefined. */
export function jsonIn(response: HttpResponse | null | undefined): unknown {
  if (!response || !isJsonType(headerOf(response, "content-type"))) return undefined;
  return jsonOf(response.body);
}

/** The JSON object of an answer whose content type says JSON too; else undefined. */
export function objectIn(response: HttpResponse | null | undefined): JsonObject | undefined {
  const value = jsonIn(response);
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field's own value; never one that the object inherits. */
export function fieldOf(object: JsonObject | undefined, name: string): unknown {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Absent and null are the same. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** Any non-blank string anywhere among the JSON's values. */
export function hasText(json: unknown): boolean {
  return textsIn(json).some(isText);
}

/** All strings among the JSON's values, keys left out, in order. */
export function textsIn(json: unknown): string[] {
  if (typeof json === "string") return [json];
  if (Array.isArray(json)) return json.flatMap(textsIn);
  return isObject(json) ? Object.values(json).flatMap(textsIn) : [];
}

/** A word occurs in the JSON as a key or within a string, in any case. */
export function mentions(json: unknown, word: string): boolean {
  const needle = word.toLowerCase();
  if (typeof json === "string") return json.toLowerCase().includes(needle);
  if (Array.isArray(json)) return json.some((one) => mentions(one, word));
  if (!isObject(json)) return false;
  return Object.entries(json).some(([key, value]) => key.toLowerCase().includes(needle) || mentions(value, word));
}

/** Two JSON values are equal; the order of keys does not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => sameJson(one, b[i]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}
