/**
 * Keeps the code shown in a lesson equal to the file that it is taken from. A fenced block is taken from a file when a
 * marker stands before it, with nothing but blank lines between:
 *
 *     <!-- code: lessons/02-accepted/server.ts from="app.post(" -->
 *
 * See `region` for what a marker can name.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../root.ts";

/** Where the code of a fenced block is taken from. */
export interface Source {
  /** Path from the workbook's root, with slashes. */
  readonly file: string;
  /** Text that the first line begins with, its indentation apart. Absent: the whole file. */
  readonly from?: string;
  /** Text that the last line begins with, at the indentation of the first. */
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

/** @throws Error when a line that begins like a marker is none, or has a word that no marker has. */
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

/** The lines of a text. What looks empty is empty: the formatter writes the blank lines of a block so. */
const linesOf = (text: string): string[] =>
  text
    .replaceAll("\r\n", "\n")
    .replace(/^[ \t]+$/gm, "")
    .trimEnd()
    .split("\n");

/**
 * The part of a file's text that a marker names, without the indentation that its lines share, and without a last line
 * break. Only `file`: all of it. With `from`: the first line that begins so, up to `to` or for `lines` lines; with
 * neither, up to where that line's bracket closes, or that line alone if it opens none.
 * @throws Error with a sentence when there is no such line, or when more than one begins with `from`.
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

/** All fenced blocks of a Markdown text, in order. @throws Error when a marker is wrong or a fence is never closed. */
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
 * The Markdown text with the code of each marked block as it is in its file now.
 * @param read gives a file's text by its path from the root
 */
export function rewrite(markdown: string, read: (file: string) => string): string {
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  for (const { source, line, end } of blocksOf(markdown).toReversed()) {
    if (source) lines.splice(line, end - line - 1, ...region(read(source.file), source).split("\n"));
  }
  return lines.join("\n");
}

function readText(file: string): string {
  const full = path.join(root, file);
  if (!existsSync(full)) throw new Error(`There is no ${file}.`);
  return readFileSync(full, "utf8");
}

/** Paths of the lessons' texts from the root, with slashes, in order. */
export function lessonTexts(): readonly string[] {
  const slugs = readdirSync(path.join(root, "lessons")).filter((name) => /^\d\d-/.test(name));
  return slugs
    .sort()
    .map((slug) => `lessons/${slug}/lesson.md`)
    .filter((file) => existsSync(path.join(root, file)));
}

/** What shows other code than its file has: a sentence each, empty when all is well. */
export function compareSync(
  files: readonly string[] = lessonTexts(),
  read: (file: string) => string = readText,
): readonly string[] {
  return files.flatMap((file) => {
    try {
      return blocksOf(read(file)).flatMap(({ source, code, line }) =>
        source && region(read(source.file), source) !== code
          ? [`${file}, line ${line}: the code shown is not what ${source.file} has. Run npm run sync.`]
          : [],
      );
    } catch (error) {
      return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

/**
 * `npm run sync`: rewrites the code shown in every lesson.
 * @returns paths from the root of the files that changed
 * @throws Error with a sentence when a marker names what is not there; files before it are already rewritten
 */
export function syncLessons(): readonly string[] {
  return lessonTexts().filter((file) => {
    const before = readText(file).replaceAll("\r\n", "\n");
    const after = rewrite(before, readText);
    if (after !== before) writeFileSync(path.join(root, file), after);
    return after !== before;
  });
}
