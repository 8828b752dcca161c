/** Parses, searches and compares JSON. Nothing here throws. */
import type { HttpResponse } from "../model/recording.ts";
import { headerOf, isJsonType } from "./headers.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Parses a text; undefined when it is not JSON. */
export function jsonOf(text: string | null | undefined): unknown {
  if (text === null || text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The JSON in an answer's body; undefined when the body or the content type is not JSON. */
export function jsonIn(response: HttpResponse | null | undefined): unknown {
  if (!response || !isJsonType(headerOf(response, "content-type"))) return undefined;
  return jsonOf(response.body);
}

/** The JSON object in an answer's body; undefined when the body or the content type is something else. */
export function objectIn(response: HttpResponse | null | undefined): JsonObject | undefined {
  const value = jsonIn(response);
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of an object's own field; inherited ones (toString) do not count. */
export function fieldOf(object: JsonObject | undefined, name: string): unknown {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** True for undefined and null. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** True if any value in the JSON is a string that is not blank. */
export function hasText(json: unknown): boolean {
  return textsIn(json).some(isText);
}

/** All strings among the values of the JSON, in order, without keys. */
export function textsIn(json: unknown): string[] {
  if (typeof json === "string") return [json];
  if (Array.isArray(json)) return json.flatMap(textsIn);
  return isObject(json) ? Object.values(json).flatMap(textsIn) : [];
}

/** True if the word occurs in a key or in a string, in any case. */
export function mentions(json: unknown, word: string): boolean {
  const needle = word.toLowerCase();
  if (typeof json === "string") return json.toLowerCase().includes(needle);
  if (Array.isArray(json)) return json.some((one) => mentions(one, word));
  if (!isObject(json)) return false;
  return Object.entries(json).some(([key, value]) => key.toLowerCase().includes(needle) || mentions(value, word));
}

/** True if two JSON values are equal, in whatever order their keys are. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => sameJson(one, b[i]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}
