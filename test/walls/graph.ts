/**
 * Which file imports which, and the cycles between files and folders. oxlint's import/no-cycle knows no folders and does
 * not follow import() or require().
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** An import of one file by another; both are paths from the top folder, with slashes. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

const relativeImport = /\b(?:from|import|require)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g;

/** The relative imports of a source text: import and export statements, import(), require() and types. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(relativeImport)].map((match) => match[1] as string);
}

/** All imports between the files below a folder. */
export function edgesOf(top: string): Edge[] {
  const files = readdirSync(top, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(?:[cm]?js|ts)$/.test(name),
  );
  return files.flatMap((name) => {
    const from = name.replaceAll("\\", "/");
    return importsOf(readFileSync(path.join(top, name), "utf8"))
      .map((specifier) => ({ from, to: path.posix.join(path.posix.dirname(from), specifier) }))
      .filter(({ to }) => !to.startsWith("../"));
  });
}

/**
 * The cycles between files and folders. A folder counts as one thing from outside: `grade/` with everything in it must not
 * import `run/` while anything in `run/` imports `grade/`. Each cycle is given as the imports that form it.
 */
export function cycles(edges: readonly Edge[]): string[][] {
  const levels = new Map<string, Map<string, Map<string, Edge>>>();
  for (const edge of edges) {
    const folder = sharedFolder(edge);
    const [from, to] = [childOf(folder, edge.from), childOf(folder, edge.to)];
    const children = entry(levels, folder, () => new Map<string, Map<string, Edge>>());
    entry(children, from, () => new Map<string, Edge>()).set(to, edge);
  }
  return [...levels.values()].flatMap((children) => cyclesBetween(children));
}

/** The innermost folder that has both files somewhere below it, "" for the top. */
function sharedFolder({ from, to }: Edge): string {
  const [a, b] = [from.split("/").slice(0, -1), to.split("/").slice(0, -1)];
  const differs = a.findIndex((part, index) => part !== b[index]);
  return a.slice(0, differs === -1 ? a.length : differs).join("/");
}

/** The child of a folder that a file is or is in. */
function childOf(folder: string, file: string): string {
  const start = folder === "" ? 0 : folder.length + 1;
  const end = file.indexOf("/", start);
  return end === -1 ? file : file.slice(0, end + 1);
}

/** The shortest cycle through each child, each cycle once. */
function cyclesBetween(children: ReadonlyMap<string, ReadonlyMap<string, Edge>>): string[][] {
  const found = new Map<string, string[]>();
  for (const child of children.keys()) {
    const cycle = shortestCycle(child, children);
    const key = cycle.toSorted().join();
    if (cycle.length > 0 && !found.has(key)) found.set(key, cycle);
  }
  return [...found.values()];
}

/** Searches breadth first from a child until an import leads back to it. Empty when none does. */
function shortestCycle(start: string, children: ReadonlyMap<string, ReadonlyMap<string, Edge>>): string[] {
  const queue: { at: string; path: string[] }[] = [{ at: start, path: [] }];
  const seen = new Set<string>();
  for (const { at, path: before } of queue) {
    for (const [to, edge] of children.get(at) ?? []) {
      const steps = [...before, `${edge.from} -> ${edge.to}`];
      if (to === start) return steps;
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push({ at: to, path: steps });
    }
  }
  return [];
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
