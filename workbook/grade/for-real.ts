/** Which exercises can be graded on the real clock. */
import type { Lesson } from "../content/lesson.ts";
import { clauseOf } from "../contract/clauses/all.ts";
import { spansDays } from "../contract/scenarios/all.ts";

/** True where a server is graded, and no scenario goes through days. */
export function isForReal({ graded }: Pick<Lesson, "graded">): boolean {
  const clauses = graded.map(clauseOf);
  return clauses.some(({ side }) => side === "server") && !clauses.some(spansDays);
}
