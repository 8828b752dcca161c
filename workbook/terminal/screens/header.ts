/** The first line of a step: its title and part, how much passes, when it was graded and how long that took. */
import type { LessonText } from "../../report/texts.ts";
import { hasVerdict, isMust, type Summary } from "../../report/summary.ts";
import { leftAndRight, bold, dim, lengthOf, line, type Line, type Sheet } from "../style.ts";
import { duration } from "../../report/time.ts";
import { titled } from "../../report/words.ts";

export interface HeaderFacts {
  readonly lesson: LessonText;
  /** Null if nothing is graded. */
  readonly summary: Summary | null;
  /** Name the part under work. */
  readonly part: boolean;
  /** When it was graded, "14:01:08". */
  readonly at: string | null;
  /** How long that took, in ms. */
  readonly elapsedMs: number | null;
  /** A run is under way. */
  readonly grading: boolean;
}

/** Draws the line. If it gets too long, the time is left out first, then the count. */
export function stepHeader(facts: HeaderFacts, sheet: Sheet): Line {
  const { lesson, summary, at, elapsedMs } = facts;
  const parts = summary?.parts.length ?? lesson.parts.length;
  const part = facts.part && summary && parts > 1 ? `, part ${summary.current + 1} of ${parts}` : "";
  const left = line(bold(titled(lesson)), part);
  const lost = summary ? summary.kept.items.filter((item) => isMust(item) && hasVerdict(item, "fail")).length : 0;
  const count = summary
    ? `${summary.passes} of ${summary.of}${lost > 0 ? `, ${lost} kept ${lost === 1 ? "fails" : "fail"}` : ""}`
    : "not graded";
  const took = elapsedMs === null ? "" : `, in ${duration(elapsedMs)}`;
  const grading = sheet.printable("grading …");
  const notes = facts.grading ? [grading, ""] : at === null ? [""] : [`${at}${took}`, at, ""];
  if (!sheet.wide) {
    const right = facts.grading ? grading : count;
    return leftAndRight(left, line(right), sheet.width);
  }
  for (const note of notes) {
    const right = line(count, dim(note === "" ? "" : `      ${note}`));
    if (lengthOf(left) + 2 + lengthOf(right) <= sheet.width) return leftAndRight(left, right, sheet.width);
  }
  return left;
}
