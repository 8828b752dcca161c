/** JSON in a body: parsed, looked into and compared. Nothing here throws. */
import type { HttpResponse } from "../model/recording.ts";
import { headerOf, isJsonType } from "./headers.ts";

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

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
