/** Grades the learner's files again and again: a new grading ends the one under way. */
import type { Lesson } from "../content/catalogue.ts";
import type { ClauseId } from "../contract/model/clause.ts";
import { grade } from "../grade/grade.ts";
import { fingerprint, ownSubject } from "../learner/progress.ts";
import { typeRemarks } from "../learner/type-remarks.ts";
import { newEarlier } from "../run/memory/recording-cache.ts";
import { coldLanes } from "../run/memory/lanes.ts";
import { waiting } from "../run/memory/pool.ts";
import type { Happening } from "./queue.ts";

/** A grading that takes longer than this, ms, is said to be under way. */
const slowMs = 300;

export interface Grading {
  /** Begins; what it tells carries the number that is returned. `whole`: all is played anew, and the slow measures too. */
  start(lesson: Lesson, open: ClauseId | null, whole: boolean): number;
  /** Something has changed that the code may read: what was recorded of it may not be true any more. */
  forget(): void;
  /** Has the type checker look at the files of this grading. */
  checkTypes(lesson: Lesson): void;
  stop(): void;
}

/** @param push where all that happens is told */
export function createGrading(push: (happening: Happening) => void): Grading {
  let controller = new AbortController();
  let turn = 0;
  let earlier = newEarlier();

  const forget = () => void (earlier = newEarlier());
  const stop = () => controller.abort(new Error("A newer grading took its place."));
  const start: Grading["start"] = (lesson, open, whole) => {
    stop();
    const mine = ++turn;
    const { signal } = (controller = new AbortController());
    if (whole) forget();
    const slow = setTimeout(() => push({ is: "slow", turn: mine }), slowMs);
    const graded = grade(lesson, ownSubject(lesson), {
      first: firstOf(lesson, open),
      heavy: whole,
      lanes: waiting() > 1 ? 2 : coldLanes,
      earlier,
      signal,
      onProgress: (verdicts) => push({ is: "progress", turn: mine, verdicts }),
    });
    // While the compiler works, and with the files as it finds them.
    const of = fingerprint(lesson);
    graded
      .then((run) => push({ is: "graded", turn: mine, run, of }))
      .catch((error: unknown) => {
        if (!signal.aborted) push({ is: "fault", error });
      })
      .finally(() => clearTimeout(slow));
    return mine;
  };
  const checkTypes = (lesson: Lesson) => {
    const mine = turn;
    void typeRemarks(lesson.slug, controller.signal).then((types) => {
      if (types) push({ is: "typed", turn: mine, types });
    });
  };
  return { start, forget, checkTypes, stop };
}

/**
 * The clauses whose verdicts the reader waits for: the open one, then the others of its part. Where all pass, a save may
 * break any of the step's own.
 */
function firstOf({ parts }: Lesson, open: ClauseId | null): ClauseId[] {
  const own = ({ teaches, guards }: Lesson["parts"][number]) => [...teaches, ...guards];
  if (open === null) return parts.flatMap(own);
  const part = parts.find((each) => own(each).includes(open)) ?? parts[0];
  return [...new Set([open, ...(part ? own(part) : [])])];
}
