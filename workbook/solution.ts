/** The reference solution against the learner's files, as a diff. */
import { existsSync, readFileSync } from "node:fs";
import { createTwoFilesPatch, structuredPatch, FILE_HEADERS_ONLY } from "diff";
import { places, type Lesson } from "./catalogue.ts";
import type { Side } from "./contract/types.ts";
import type { DiffLine, DiffPart } from "./report/view.ts";
import { bothSides, shown } from "./workspace.ts";

interface Pair {
  readonly mine: { readonly file: string; readonly text: string };
  readonly solution: { readonly file: string; readonly text: string };
}

/** Unchanged lines around a change. */
const context = 2;

/** The changed stretches of both files, one after the other; none if the learner's files are the solution. */
export function diffParts(lesson: Lesson): DiffPart[] {
  return bothSides.flatMap((side) => {
    const { mine, solution } = pair(lesson, side);
    const patch = structuredPatch(mine.file, solution.file, mine.text, solution.text, "", "", { context });
    return patch.hunks.map((hunk) => ({ file: solution.file, lines: numbered(hunk) }));
  });
}

/** A unified diff of both files, as `git apply` and `patch -p0` read it; "" if there is no difference. */
export function unifiedDiff(lesson: Lesson): string {
  return bothSides
    .map((side) => pair(lesson, side))
    .filter(({ mine, solution }) => mine.text !== solution.text)
    .map(({ mine, solution }) =>
      createTwoFilesPatch(mine.file, solution.file, mine.text, solution.text, undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      }),
    )
    .join("");
}

/** Where the learner has no file yet, the starter stands for it. */
function pair(lesson: Lesson, side: Side): Pair {
  const place = places(lesson.slug);
  const mine = existsSync(place.mine(side)) ? place.mine(side) : place.starter(side);
  return { mine: read(mine), solution: read(place.solution(side)) };
}

function read(file: string): { file: string; text: string } {
  return { file: shown(file), text: readFileSync(file, "utf8").replaceAll("\r\n", "\n") };
}

function numbered(hunk: { oldStart: number; newStart: number; lines: string[] }): DiffLine[] {
  let mine = hunk.oldStart;
  let theirs = hunk.newStart;
  const lines: DiffLine[] = [];
  for (const line of hunk.lines) {
    const text = line.slice(1);
    if (line.startsWith("-")) lines.push({ sign: "-", number: mine++, text });
    else if (line.startsWith("+")) lines.push({ sign: "+", number: theirs++, text });
    else if (line.startsWith(" ")) {
      lines.push({ sign: " ", number: theirs++, text });
      mine++;
    }
  }
  return lines;
}
