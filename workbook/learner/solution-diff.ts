/** The reference solution against the learner's files, as a diff. */
import { existsSync, readFileSync } from "node:fs";
import { places, type Lesson } from "../content/catalogue.ts";
import type { Side } from "../contract/model/recording.ts";
import { partsBetween, patchBetween, type DiffPart, type Named } from "../content/diff.ts";
import { bothSides, shown } from "./exercises.ts";

/** The changed stretches of both files, one after the other; none if the learner's files are the solution. */
export function diffParts(lesson: Lesson): DiffPart[] {
  return bothSides.flatMap((side) => partsBetween(mine(lesson, side), solution(lesson, side)));
}

/** A unified diff of both files, as `git apply` and `patch -p0` read it; "" if there is no difference. */
export function unifiedDiff(lesson: Lesson): string {
  return bothSides.map((side) => patchBetween(mine(lesson, side), solution(lesson, side))).join("");
}

/** The reference solution of a side. */
export function solution(lesson: Lesson, side: Side): Named {
  return read(places(lesson.slug).solution(side));
}

/** Where the learner has no file yet, the starter stands for it. */
function mine(lesson: Lesson, side: Side): Named {
  const place = places(lesson.slug);
  return read(existsSync(place.mine(side)) ? place.mine(side) : place.starter(side));
}

function read(file: string): Named {
  return { file: shown(file), text: readFileSync(file, "utf8").replaceAll("\r\n", "\n") };
}
