/** ttl.gentle is measured in real time, so it is graded separately and only pass or fail is compared. */
import { grade } from "../../workbook/grade/grade.ts";
import type { Subject } from "./subjects.ts";

/** How often a subject failed its clause, in a number of full gradings. */
export interface Timed {
  readonly key: string;
  readonly failed: number;
  readonly of: number;
}

export interface TimedOptions {
  readonly times: number;
  readonly signal: AbortSignal;
  readonly load: () => () => void;
  readonly onGraded: (subject: Subject, run: number) => void;
}

/** Grades one at a time, every second time under load. Ends early when the signal is aborted. */
export async function gradeTimed(subjects: readonly Subject[], options: TimedOptions): Promise<readonly Timed[]> {
  const found: Timed[] = [];
  for (const subject of subjects.filter((each) => each.timed)) {
    let [failed, of] = [0, 0];
    for (let run = 1; run <= options.times && !options.signal.aborted; run++) {
      options.onGraded(subject, run);
      const fails = await failsOnce(subject, run % 2 === 0, options);
      if (fails === null) break;
      of += 1;
      if (fails) failed += 1;
    }
    if (of > 0) found.push({ key: subject.key, failed, of });
  }
  return found;
}

/** @returns null when it was stopped */
async function failsOnce(
  { placed, meant }: Subject,
  loaded: boolean,
  { signal, load }: TimedOptions,
): Promise<boolean | null> {
  const release = loaded ? load() : () => {};
  try {
    const { verdicts } = await grade(placed.lesson, placed.subject, { heavy: true, signal });
    return verdicts.some(({ clause, verdict }) => clause === meant && verdict === "fail");
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    release();
  }
}
