/**
 * Other right ways: what a lesson's reference solution could be instead, each a patch against it in solutions/NN-slug/ways/.
 * Title, side and the sentence on when one would choose it are in lesson.json.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { applyPatch } from "diff";
import { lessons, places, type Lesson, type Way } from "./catalogue.ts";
import { partsOf, patchBetween, type DiffPart, type Named } from "./diff.ts";
import { solution } from "../learner/solution-diff.ts";
import { shown } from "../learner/exercises.ts";

/** Another right way, with its difference to the reference solution. */
export interface ShownWay extends Way {
  readonly parts: readonly DiffPart[];
  /** The same difference as `patch` and `git apply` read it. */
  readonly patch: string;
}

/**
 * The lesson's other right ways, each with its difference to the reference solution as it was handed out: a reader may
 * have changed theirs.
 */
export function shownWays(lesson: Lesson): ShownWay[] {
  return lesson.ways.map((way) => {
    const patch = patchOf(lesson, way);
    return { ...way, parts: partsOf(patch, shown(places(lesson.slug).solution(way.side))), patch };
  });
}

/**
 * The whole file of a way: the reference solution with its patch applied.
 * @throws Error with a sentence when the patch does not fit the solution (any more).
 */
export function wayFile(lesson: Lesson, way: Way): Named {
  const { file, text } = solution(lesson, way.side);
  const patched = applyPatch(text, patchOf(lesson, way));
  if (patched !== false) return { file, text: patched };
  throw new Error(`${shown(places(lesson.slug).way(way.name))} does not fit ${file} (any more): write it anew.`);
}

/** What is wrong with the patches of all lessons: a sentence each, empty when all is well. */
export function compareWays(): readonly string[] {
  return each((lesson, way) => {
    const stale = patchOf(lesson, way) !== writtenAnew(lesson, way);
    return stale ? `${shown(places(lesson.slug).way(way.name))} has lines that have moved. Run npm run sync.` : null;
  });
}

/**
 * Writes each patch anew for the solution as it stands now: its line numbers, and the unchanged lines around a change.
 * @returns paths from the root of the files that changed
 * @throws Error with a sentence when a patch no longer fits; those before it are already rewritten
 */
export function syncWays(): readonly string[] {
  return each((lesson, way) => {
    const file = places(lesson.slug).way(way.name);
    const now = writtenAnew(lesson, way);
    if (now === patchOf(lesson, way)) return null;
    writeFileSync(file, now);
    return shown(file);
  });
}

function each(told: (lesson: Lesson, way: Way) => string | null): string[] {
  return lessons().flatMap((lesson) => lesson.ways.flatMap((way) => told(lesson, way) ?? []));
}

function patchOf(lesson: Lesson, way: Way): string {
  return readFileSync(places(lesson.slug).way(way.name), "utf8").replaceAll("\r\n", "\n");
}

function writtenAnew(lesson: Lesson, way: Way): string {
  return patchBetween(solution(lesson, way.side), wayFile(lesson, way));
}
