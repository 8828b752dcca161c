/** The world of a run: what its scenarios and checks may know. Every runner gets it from here, and so does the debugger. */
import path from "node:path";
import { books } from "../content/books.ts";
import type { ClauseId } from "../contract/model/clause.ts";
import type { Subject } from "../contract/model/run.ts";
import type { World } from "../contract/model/world.ts";
import { privatePaths } from "../run/private-paths.ts";
import { isHttp } from "./subject.ts";

/** @param graded all clauses of the lesson that this kind of subject can be graded by, of both sides */
export function worldOf(subject: Subject, graded: readonly ClauseId[], seed: number): World {
  return {
    clock: isHttp(subject) ? "real" : "virtual",
    seed,
    books: books(),
    graded,
    privatePaths: privatePaths(foldersOf(subject)),
    origin: originOf(subject),
  };
}

function foldersOf(subject: Subject): string[] {
  if (isHttp(subject)) return [];
  return [subject.server, subject.client].flatMap((file) => (file === undefined ? [] : path.dirname(file)));
}

function originOf(subject: Subject): string {
  if ("url" in subject) return new URL(subject.url).origin;
  // Each call of a command gets a scripted server on a port of its own.
  return "command" in subject ? "http://127.0.0.1" : "http://127.0.0.1:8202";
}
