/** Grades the learner's files again and again. A new grading ends the one under way. */
import type { Lesson } from "../content/lesson.ts";
import type { ClauseId } from "../contract/model/clause.ts";
import { lanesNow, newRecordingCache } from "../grade/again.ts";
import { grade } from "../grade/grade.ts";
import { fingerprint, ownSubject } from "../learner/progress.ts";
import { typeRemarks } from "../learner/type-remarks.ts";
import type { Push } from "./events.ts";

/** A grading that takes longer than this, ms, is shown as under way. */
const slowMs = 300;

export interface Gradings {
  /** Starts a grading. `whole`: nothing recorded before is reused, and the slow measures are taken too. */
  start(lesson: Lesson, open: ClauseId | null, whole: boolean): void;
  /** Number of the grading whose events count; null after `stop`, and before the first one. */
  current(): number | null;
  /** Drops what was recorded before. Call it when a file has changed that the learner's code may read. */
  forget(): void;
  /** Runs the type checker on the files of the current grading. */
  checkTypes(lesson: Lesson): void;
  stop(): void;
}

export function createGradings(push: Push): Gradings {
  let controller = new AbortController();
  let count = 0;
  let current: number | null = null;
  let recordings = newRecordingCache();

  const forget = () => void (recordings = newRecordingCache());
  const stop = () => {
    controller.abort(new Error("A newer grading took its place."));
    current = null;
  };
  const start: Gradings["start"] = (lesson, open, whole) => {
    stop();
    const grading = (current = ++count);
    const { signal } = (controller = new AbortController());
    if (whole) forget();
    const slow = setTimeout(() => push({ is: "slow", grading }), slowMs);
    const graded = grade(lesson, ownSubject(lesson), {
      first: firstOf(lesson, open),
      heavy: whole,
      lanes: lanesNow(),
      cache: recordings,
      signal,
      onProgress: (verdicts) => push({ is: "progress", grading, verdicts }),
    });
    // Computed while the compiler works, of the files as it finds them.
    const print = fingerprint(lesson);
    graded
      .then((run) => push({ is: "graded", grading, run, fingerprint: print }))
      .catch((error: unknown) => {
        if (!signal.aborted) push({ is: "fault", error });
      })
      .finally(() => clearTimeout(slow));
  };
  const checkTypes = (lesson: Lesson) => {
    const grading = count;
    void typeRemarks(lesson.slug, controller.signal).then((types) => {
      if (types) push({ is: "typesChecked", grading, types });
    });
  };
  return { start, current: () => current, forget, checkTypes, stop };
}

/**
 * The clauses to judge first: the open one, then the others of its part. If all pass, a save may break any of the
 * step's own.
 */
function firstOf({ parts }: Lesson, open: ClauseId | null): ClauseId[] {
  const own = ({ teaches, guards }: Lesson["parts"][number]) => [...teaches, ...guards];
  if (open === null) return parts.flatMap(own);
  const part = parts.find((each) => own(each).includes(open)) ?? parts[0];
  return [...new Set([open, ...(part ? own(part) : [])])];
}
