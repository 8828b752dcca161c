/** Other right ways in a pipe: all of them, each with a diff that `patch -p0` and `git apply -p0` can read. */
import type { ShownWay } from "../content/lesson.ts";
import { plainWidth } from "./plain-parts.ts";
import { ascii, wrap } from "./text.ts";
import type { LessonName } from "./texts.ts";

/** Title, when one would choose it, and the diff against the solution, way by way. No line feed at the end. */
export function plainWays({ slug }: LessonName, ways: readonly ShownWay[]): string {
  if (ways.length === 0) return `accepted ${slug}: no other ways`;
  const blocks = ways.map(({ title, file, when, patch }, index) =>
    [
      ascii(`${index + 1} of ${ways.length}, ${file.replace(/\.ts$/, "")}: ${title}`),
      wrap(ascii(when), plainWidth).join("\n"),
      patch.replace(/\n$/, ""),
    ].join("\n\n"),
  );
  return blocks.join("\n\n");
}
