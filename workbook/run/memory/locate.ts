/** From a place in a bundle to the line that the learner wrote. */
import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";
import type { Side } from "../../contract/model/recording.ts";
import type { Compiled, Sides } from "./bundle.ts";
import type { Frame } from "./protocol.ts";

/** A place in a learner's own file. Line and column count from 1. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly side: Side;
}

const maps = new WeakMap<Compiled, SourceMap>();

/** The innermost frame of the learner's own code, in the file as written; null when there is none. */
export function locate(frames: readonly Frame[], sides: Sides): Place | null {
  for (const frame of frames) {
    const compiled = compiledOf(frame.url, sides);
    const place = compiled && original(compiled, frame.line, frame.column);
    if (place) return place;
  }
  return null;
}

/** Replaces places in a bundle, as stacks name them, by the learner's own files and lines. */
export function unbundled(text: string, sides: Sides): string {
  if (!text.includes("learner:")) return text;
  return text.replace(/learner:(?:server|client):(\d+):(\d+)/g, (whole, line: string, column: string) => {
    const compiled = compiledOf(whole, sides);
    const place = compiled && original(compiled, Number(line), Number(column));
    return place ? `${shown(place.file)}:${place.line}:${place.column}` : whole;
  });
}

/** A path as it is shown: relative to the working directory where it lies below it. */
export function shown(file: string, cwd = process.cwd()): string {
  const relative = path.relative(cwd, file);
  const below = relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
  return below ? relative.split(path.sep).join("/") : file;
}

function compiledOf(url: string, sides: Sides): Compiled | undefined {
  if (url.startsWith("learner:server")) return sides.server;
  if (url.startsWith("learner:client")) return sides.client;
  return undefined;
}

function original(compiled: Compiled, line: number, column: number): Place | undefined {
  if (compiled.map === "") return undefined;
  let map = maps.get(compiled);
  if (!map) maps.set(compiled, (map = new SourceMap(JSON.parse(compiled.map) as SourceMapPayload)));
  const entry = map.findEntry(line - 1, column - 1);
  if (!("originalLine" in entry)) return undefined;
  return {
    file: path.resolve(path.dirname(compiled.bundle.file), entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
    side: compiled.side,
  };
}
