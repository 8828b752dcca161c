/** Other right ways than the reference solution. Each is a patch against it, solutions/NN-slug/ways/NAME.patch. */
import { readFileSync, writeFileSync } from "node:fs";
import { applyPatch } from "diff";
import { lessons } from "./catalogue.ts";
import { partsOf, patchBetween, type NamedText } from "./diff.ts";
import type { Lesson, ShownWay, Way } from "./lesson.ts";
import { places, pathFromRoot } from "./places.ts";
import { readNamed } from "./read-named.ts";

/**
 * The lesson's other right ways, each with its patch. The patch is shown as it is in the file, so it is right even where
 * a reader has changed their copy of the solution.
 */
export function shownWays(lesson: Lesson): ShownWay[] {
  return lesson.ways.map((way) => {
    const patch = patchOf(lesson, way);
    return { ...way, parts: partsOf(patch, pathFromRoot(places(lesson.slug).solution(way.file))), patch };
  });
}

/**
 * The whole file of a way: the reference solution with the patch applied.
 * @throws Error with a sentence when the patch does not fit the solution
 */
export function wayFile(lesson: Lesson, way: Way): NamedText {
  const { file, text } = readNamed(places(lesson.slug).solution(way.file));
  const patched = applyPatch(text, patchOf(lesson, way));
  if (patched !== false) return { file, text: patched };
  throw new Error(`${patchName(lesson, way)} does not fit ${file} (any more): write it again.`);
}

/** The patches of all lessons whose lines have moved: a sentence each, empty when all is well. */
export function compareWays(): readonly string[] {
  return forEachWay((lesson, way) =>
    patchOf(lesson, way) === freshPatch(lesson, way)
      ? null
      : `${patchName(lesson, way)} has lines that have moved. Run npm run sync.`,
  );
}

/**
 * Rewrites each patch for the solution as it is now: its line numbers, and the unchanged lines around a change.
 * @returns paths from the root of the files that changed
 * @throws Error with a sentence when a patch does not fit; those before it are already rewritten
 */
export function syncWays(): readonly string[] {
  return forEachWay((lesson, way) => {
    const patch = freshPatch(lesson, way);
    if (patch === patchOf(lesson, way)) return null;
    writeFileSync(places(lesson.slug).way(way.name), patch);
    return patchName(lesson, way);
  });
}

function forEachWay(visit: (lesson: Lesson, way: Way) => string | null): string[] {
  return lessons().flatMap((lesson) => lesson.ways.flatMap((way) => visit(lesson, way) ?? []));
}

function patchName(lesson: Lesson, way: Way): string {
  return pathFromRoot(places(lesson.slug).way(way.name));
}

function patchOf(lesson: Lesson, way: Way): string {
  return readFileSync(places(lesson.slug).way(way.name), "utf8").replaceAll("\r\n", "\n");
}

function freshPatch(lesson: Lesson, way: Way): string {
  return patchBetween(readNamed(places(lesson.slug).solution(way.file)), wayFile(lesson, way));
}
