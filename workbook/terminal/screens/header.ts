/** The first line of a step: title and part, how much passes, when it was graded and how long that took. */
import { is, isMust, type Summary } from "../../report/summary.ts";
import { apart, bold, dim, lengthOf, line, type Line, type Sheet } from "../style.ts";
import type { LessonText } from "../../report/texts.ts";
import { duration } from "../../report/time.ts";
import { titled } from "../../report/words.ts";

export interface HeaderFacts {
  readonly lesson: LessonText;
  /** Null: nothing was graded. */
  readonly summary: Summary | null;
  /** The part is named while the step is under work. */
  readonly part: boolean;
  readonly at: string | null;
  readonly elapsedMs: number | null;
  /** A run is under way. */
  readonly grading: boolean;
}

/** The line; on the right as much as there is room for: the count first. */
export function stepHeader(facts: HeaderFacts, sheet: Sheet): Line {
  const { lesson, summary, at, elapsedMs } = facts;
  const parts = summary?.parts.length ?? lesson.parts.length;
  const part = facts.part && summary && parts > 1 ? `, part ${summary.current + 1} of ${parts}` : "";
  const left = line(bold(titled(lesson)), part);
  const lost = summary ? summary.kept.items.filter((item) => isMust(item) && is(item, "fail")).length : 0;
  const count = summary
    ? `${summary.passes} of ${summary.of}${lost > 0 ? `, ${lost} kept ${lost === 1 ? "fails" : "fail"}` : ""}`
    : "not graded";
  const took = elapsedMs === null ? "" : `, in ${duration(elapsedMs)}`;
  const grading = sheet.say("grading …");
  const notes = facts.grading ? [grading, ""] : at === null ? [""] : [`${at}${took}`, at, ""];
  if (!sheet.wide) {
    const right = facts.grading ? grading : count;
    return apart(left, line(right), sheet.width);
  }
  for (const note of notes) {
    const right = line(count, dim(note === "" ? "" : `      ${note}`));
    if (lengthOf(left) + 2 + lengthOf(right) <= sheet.width) return apart(left, right, sheet.width);
  }
  return left;
}
