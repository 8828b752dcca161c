/**
 * The code blocks of a lesson, and the regions of files that they show. A fenced block is taken from a file when a marker
 * stands before it, with only blank lines between:
 *
 *     <!-- code: lessons/02-accepted/server.ts from="app.post(" -->
 *
 * See `region` for what a marker can name. Pure.
 */

/** Where the code of a fenced block is taken from. */
export interface Source {
  /** Path from the workbook's root, with slashes. */
  readonly file: string;
  /** What the first line starts with, after its indentation. Absent: the whole file. */
  readonly from?: string;
  /** What the last line starts with. It has the indentation of the first. */
  readonly to?: string;
  /** How many lines, instead of `to`. */
  readonly lines?: number;
}

/** A fenced block of a lesson. */
export interface Block {
  /** The word after the fence, such as "ts"; "" when there is none. */
  readonly language: string;
  readonly code: string;
  /** From 1: the line of the opening fence. */
  readonly line: number;
  /** From 1: the line of the closing fence. */
  readonly end: number;
  /** The last line before the fence that is not blank. */
  readonly before: string;
  /** null: the block is not taken from a file. */
  readonly source: Source | null;
}

const marker = /^<!-- code: (\S+)((?: \w+="[^"]*")*) -->$/;

/** The marker in a line; null when there is none. @throws Error when a marker is misspelt */
function sourceOf(line: string): Source | null {
  if (!line.startsWith("<!-- code:")) return null;
  const match = marker.exec(line);
  if (!match) throw new Error(`This is no marker: ${line}. Write <!-- code: path from="first line" to="last line" -->`);
  const words = [...(match[2] ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(
    ([, key, value]) => [key ?? "", value ?? ""] as const,
  );
  for (const [key] of words) {
    if (!["from", "to", "lines"].includes(key))
      throw new Error(`A marker has from, to and lines, but no "${key}": ${line}`);
  }
  const { from, to, lines } = Object.fromEntries(words);
  if (lines !== undefined && !/^[1-9]\d*$/.test(lines)) throw new Error(`lines="${lines}" is no count: ${line}`);
  return {
    file: match[1] ?? "",
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(lines === undefined ? {} : { lines: Number(lines) }),
  };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The lines of a text. Lines of blanks become empty, as the formatter leaves them in a block. */
const linesOf = (text: string): string[] =>
  text
    .replaceAll("\r\n", "\n")
    .replace(/^[ \t]+$/gm, "")
    .trimEnd()
    .split("\n");

/**
 * The part of a file's text that a marker names, without the indentation that its lines share and without a line break at
 * the end. Only `file`: the whole text. With `from`: the one line that starts so, up to `to` or for `lines` lines. With
 * neither of those: up to where that line's bracket closes, or that line alone if it opens none.
 * @throws Error with a sentence when no line, or more than one, starts with `from`
 */
export function region(text: string, source: Source): string {
  const all = linesOf(text);
  if (source.from === undefined) return all.join("\n");
  const starts = all.flatMap((line, index) => (line.trimStart().startsWith(source.from ?? "") ? [index] : []));
  const [start] = starts;
  if (start === undefined) throw new Error(`${source.file} has no line that begins with "${source.from}".`);
  if (starts.length > 1) {
    throw new Error(
      `${source.file} has ${starts.length} lines that begin with "${source.from}"; name more of the line.`,
    );
  }
  const taken = all.slice(start, endOf(all, start, source) + 1);
  const shared = Math.min(...taken.filter((line) => line.trim() !== "").map(indentOf));
  return taken.map((line) => line.slice(shared)).join("\n");
}

function endOf(all: readonly string[], start: number, source: Source): number {
  const first = all[start] ?? "";
  if (source.lines !== undefined) {
    if (start + source.lines > all.length)
      throw new Error(`${source.file} ends before ${source.lines} lines after "${source.from}".`);
    return start + source.lines - 1;
  }
  if (source.to === undefined && !/[[({]$/.test(first.trimEnd())) return start;
  const closes = (line: string): boolean =>
    indentOf(line) === indentOf(first) &&
    (source.to === undefined ? /^[\])}][^[({]*$/.test(line.trim()) : line.trim().startsWith(source.to));
  const end = all.findIndex((line, index) => index > start && closes(line));
  if (end < 0) throw new Error(`${source.file}: nothing ends what begins with "${source.from}".`);
  return end;
}

/** All fenced blocks of a Markdown text, in order. @throws Error when a marker is wrong or a fence is never closed */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  const blocks: Block[] = [];
  let before = "";
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const fence = /^(`{3,})(\w*)$/.exec(line);
    if (!fence) {
      if (sourceOf(before)) throw new Error(`No fence follows ${before}`);
      before = line;
      continue;
    }
    const end = lines.indexOf(fence[1] ?? "", at + 1);
    if (end < 0) throw new Error(`The fence in line ${at + 1} is never closed.`);
    const code = lines.slice(at + 1, end).join("\n");
    blocks.push({ language: fence[2] ?? "", code, line: at + 1, end: end + 1, before, source: sourceOf(before) });
    before = "";
    at = end;
  }
  if (sourceOf(before)) throw new Error(`No fence follows ${before}`);
  return blocks;
}

/**
 * The Markdown text, with each marked block showing the code that its file has now.
 * @param read returns a file's text by its path from the root
 * @throws Error as `blocksOf` and `region` do
 */
export function rewrite(markdown: string, read: (file: string) => string): string {
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  for (const { source, line, end } of blocksOf(markdown).toReversed()) {
    if (source) lines.splice(line, end - line - 1, ...region(read(source.file), source).split("\n"));
  }
  return lines.join("\n");
}
