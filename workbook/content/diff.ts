/** Compares two texts line by line: in parts for a screen, and as a patch. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY, parsePatch, structuredPatch, type StructuredPatchHunk } from "diff";
import type { DiffLine, DiffPart } from "./lesson.ts";

/** A text, and the file name that a diff shows for it. */
export interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** Unchanged lines around a change on a screen. */
const context = 2;

/** The changes from one text to the other, in order; none if they are equal. */
export function partsBetween(before: NamedText, after: NamedText): DiffPart[] {
  const patch = structuredPatch(before.file, after.file, before.text, after.text, "", "", { context });
  return patch.hunks.map((hunk) => ({ file: after.file, lines: numbered(hunk) }));
}

/** The changes of a patch, in order. @param file the name that they are shown under */
export function partsOf(patch: string, file: string): DiffPart[] {
  return parsePatch(patch).flatMap(({ hunks }) => hunks.map((hunk) => ({ file, lines: trimmed(numbered(hunk)) })));
}

/**
 * Leaves as many unchanged lines before the first change and after the last as a screen shows. Lines without a word at
 * either end, such as a closing bracket, go too.
 */
function trimmed(lines: readonly DiffLine[]): DiffLine[] {
  const isChange = ({ sign }: DiffLine) => sign !== " ";
  const first = lines.findIndex(isChange);
  const last = lines.findLastIndex(isChange);
  const near = lines.slice(Math.max(0, first - context), last + 1 + context);
  const isWorthIt = (line: DiffLine) => isChange(line) || /\w/.test(line.text);
  return near.slice(near.findIndex(isWorthIt), near.findLastIndex(isWorthIt) + 1);
}

/** A unified diff that `git apply -p0` and `patch -p0` can read; "" if the texts are equal. */
export function patchBetween(before: NamedText, after: NamedText): string {
  if (before.text === after.text) return "";
  return createTwoFilesPatch(before.file, after.file, before.text, after.text, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function numbered(hunk: StructuredPatchHunk): DiffLine[] {
  let before = hunk.oldStart;
  let after = hunk.newStart;
  const lines: DiffLine[] = [];
  for (const line of hunk.lines) {
    const text = line.slice(1);
    if (line.startsWith("-")) lines.push({ sign: "-", number: before++, text });
    else if (line.startsWith("+")) lines.push({ sign: "+", number: after++, text });
    else if (line.startsWith(" ")) {
      lines.push({ sign: " ", number: after++, text });
      before++;
    }
  }
  return lines;
}
