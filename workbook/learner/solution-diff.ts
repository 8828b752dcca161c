/** The difference between the learner's files and the reference solution. */
import { existsSync } from "node:fs";
import { partsBetween, patchBetween, type NamedText } from "../content/diff.ts";
import type { DiffPart } from "../content/lesson.ts";
import type { FileName, Lesson } from "../content/lesson.ts";
import { places } from "../content/places.ts";
import { readNamed } from "../content/read-named.ts";

/** The changes of all files, one file after the other; none if the learner's files are the solution. */
export function diffParts(lesson: Lesson): DiffPart[] {
  return lesson.files.flatMap((file) => partsBetween(mine(lesson, file), solution(lesson, file)));
}

/** A unified diff of all files that `git apply -p0` and `patch -p0` can read; "" if there is no difference. */
export function unifiedDiff(lesson: Lesson): string {
  return lesson.files.map((file) => patchBetween(mine(lesson, file), solution(lesson, file))).join("");
}

function solution(lesson: Lesson, file: FileName): NamedText {
  return readNamed(places(lesson.slug).solution(file));
}

/** The learner's file; the starter where there is none yet. */
function mine(lesson: Lesson, file: FileName): NamedText {
  const place = places(lesson.slug);
  return readNamed(existsSync(place.mine(file)) ? place.mine(file) : place.starter(file));
}
