/** Checks a report: its shape, and whether it is the right one. */
import { isDateTime } from "../http/http-date.ts";
import { fieldOf, isAbsent, isObject } from "../http/json.ts";
import { objectOf } from "./server.ts";
import type { Answer, Fault } from "./server.ts";
import { field, seconds } from "./server-words.ts";
import { clip } from "./clip.ts";

/** What is wrong with a `result`; null when it is a report with this count. */
export function resultFault(
  result: unknown,
  count: number,
): { expected: string; seen: string; remark?: string } | null {
  if (!isObject(result)) return { expected: "a result object", seen: field("result", result) };
  const title = fieldOf(result, "title");
  if (typeof title !== "string" || title === "") {
    return { expected: "result.title, a string that is not empty", seen: field("result.title", title) };
  }
  const at = fieldOf(result, "generatedAt");
  if (typeof at !== "string" || !isDateTime(at)) {
    const expected = 'result.generatedAt, such as "2026-01-05T09:00:05Z"';
    return { expected, seen: field("result.generatedAt", at), remark: dateRemark(at) };
  }
  return countFault(result, count);
}

/** What is wrong with the count; null when nothing is. */
export function countFault(result: unknown, count: number): { expected: string; seen: string } | null {
  const total = isObject(result) ? fieldOf(result, "totalBooks") : undefined;
  const found = isObject(total) ? fieldOf(total, "count") : undefined;
  if (isObject(total) && found === count) return null;
  const expected = `result.totalBooks.count ${count}`;
  if (!isObject(total)) return { expected, seen: field("result.totalBooks", total) };
  return { expected, seen: field("result.totalBooks.count", found) };
}

function dateRemark(at: unknown): string {
  if (typeof at === "number")
    return "A number does not say what it counts from, nor in which unit. An RFC 3339 date-time does.";
  return "An RFC 3339 date-time ends in Z or an offset, so that it is the same instant for everybody.";
}

/** What is wrong with a JSON answer that should be completed; null when nothing is. */
export function completedFault(answer: Answer): Fault | null {
  const object = objectOf(answer);
  const state = fieldOf(object, "status");
  const result = fieldOf(object, "result");
  if (state !== "completed")
    return {
      expected: 'status "completed"',
      seen: `${field("status", state)} at ${seconds(answer.doneMs ?? answer.atMs)}`,
      on: "body",
    };
  if (isObject(result)) return null;
  const keys = Object.keys(object ?? {}).filter((key) => key !== "id" && key !== "status");
  const seen = isAbsent(result)
    ? `no result; beside id and status: ${keys.join(", ") || "nothing"}`
    : field("result", result);
  return { expected: "a result object", seen: clip(seen, 80), on: "body" };
}
