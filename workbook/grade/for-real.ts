/** Which exercises can be graded on the real clock. */
import type { Lesson } from "../content/catalogue.ts";

/** True where a server answers 202 and nothing lives through days: 02 to 05. 01 is about options of a call, 06 about days. */
export function isForReal({ graded }: Pick<Lesson, "graded">): boolean {
  return graded.includes("accept.status") && !graded.some((id) => id.startsWith("ttl."));
}
