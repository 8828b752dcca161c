/** The other right solutions as plain text, each with a diff for `patch -p0` or `git apply -p0`. */
import type { Way } from "../content/lesson.ts";
import { plainWidth } from "./plain-parts.ts";
import { wrap } from "./columns.ts";
import { ascii } from "./text.ts";
import type { LessonName } from "./texts.ts";

/** For each way: its title, when to choose it, and its diff against the solution. No line feed at the end. */
export function plainWays({ slug }: LessonName, ways: readonly (Way & { readonly patch: string })[]): string {
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
