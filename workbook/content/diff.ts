/** Two texts, line by line: as parts for a screen, and as a patch. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY, parsePatch, structuredPatch, type StructuredPatchHunk } from "diff";

/** A line of a diff: `-` is removed, `+` is added. */
export interface DiffLine {
  readonly sign: " " | "-" | "+";
  /** From 1, in the file that the line is taken from; for unchanged lines, in the file that is shown. */
  readonly number: number;
  readonly text: string;
}

/** A stretch of changed lines with a few unchanged ones around it. */
export interface DiffPart {
  /** The file that is shown, such as solutions/03-polling/client.ts. */
  readonly file: string;
  readonly lines: readonly DiffLine[];
}

/** A text and the name that a diff gives it. */
export interface Named {
  readonly file: string;
  readonly text: string;
}

/** Unchanged lines around a change on a screen. */
const context = 2;

/** The changed stretches, in order; none if the texts are equal. */
export function partsBetween(before: Named, after: Named): DiffPart[] {
  const patch = structuredPatch(before.file, after.file, before.text, after.text, "", "", { context });
  return patch.hunks.map((hunk) => ({ file: after.file, lines: numbered(hunk) }));
}

/** The changed stretches of a patch, in order. @param file the name that they are shown under */
export function partsOf(patch: string, file: string): DiffPart[] {
  return parsePatch(patch).flatMap(({ hunks }) => hunks.map((hunk) => ({ file, lines: trimmed(numbered(hunk)) })));
}

/**
 * With no more unchanged lines before the first change and after the last than a screen shows; at the edges none that has
 * nothing to read, such as a closing bracket.
 */
function trimmed(lines: readonly DiffLine[]): DiffLine[] {
  const isChange = ({ sign }: DiffLine) => sign !== " ";
  const first = lines.findIndex(isChange);
  const last = lines.findLastIndex(isChange);
  const near = lines.slice(Math.max(0, first - context), last + 1 + context);
  const isWorthIt = (line: DiffLine) => isChange(line) || /\w/.test(line.text);
  return near.slice(near.findIndex(isWorthIt), near.findLastIndex(isWorthIt) + 1);
}

/** A unified diff, as `git apply` and `patch -p0` read it; "" if the texts are equal. */
export function patchBetween(before: Named, after: Named): string {
  if (before.text === after.text) return "";
  return createTwoFilesPatch(before.file, after.file, before.text, after.text, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function numbered(hunk: StructuredPatchHunk): DiffLine[] {
  let old = hunk.oldStart;
  let now = hunk.newStart;
  const lines: DiffLine[] = [];
  for (const line of hunk.lines) {
    const text = line.slice(1);
    if (line.startsWith("-")) lines.push({ sign: "-", number: old++, text });
    else if (line.startsWith("+")) lines.push({ sign: "+", number: now++, text });
    else if (line.startsWith(" ")) {
      lines.push({ sign: " ", number: now++, text });
      old++;
    }
  }
  return lines;
}
