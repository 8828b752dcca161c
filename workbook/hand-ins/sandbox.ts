/**
 * A temporary folder in which one submission is graded: a copy of the workbook without solutions, and a copy of the
 * student's files. What their code writes by a relative path lands there, and is removed with it.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";
import { places } from "../content/places.ts";
import { root } from "../root.ts";
import type { CompiledWorkbook } from "./compiled-workbook.ts";
import { copyWorkbook } from "./copy-workbook.ts";
import { prepareEnvironment } from "./environment.ts";
import type { Exercises } from "./find.ts";

export interface Sandbox {
  /** Absolute. */
  readonly folder: string;
  /** The whole environment of a process that runs in it. */
  readonly env: Readonly<Record<string, string>>;
  /** @throws the system's error if something cannot be removed */
  remove(): void;
}

/** What a submission may hold: it is two small files an exercise, and their helpers. */
const max = { files: 2_000, bytes: 20_000_000 };
const leftOut = /^(?:node_modules|\.git|\.workbook)$/;

/**
 * @param compiled saves compiling the workbook again; without it, or while it is in use, the sandbox compiles its own
 * @throws Error with a sentence, or the system's error, if the files cannot be copied; nothing is left behind then
 */
export function openSandbox(exercises: Exercises, asked: readonly Lesson[], compiled?: CompiledWorkbook): Sandbox {
  const ready = compiled?.take() ?? null;
  const folder = ready?.folder ?? mkdtempSync(path.join(tmpdir(), "accepted-hand-in-"));
  const at = (...names: string[]) => path.join(folder, ...names);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    copyWorkbook(ready?.workbook ?? root, folder, ready !== null);
    const [only] = exercises.slugs;
    copyFiles(exercises.folder, exercises.is === "one" && only ? at("exercises", only) : at("exercises"));
    for (const lesson of asked.filter(({ slug }) => exercises.slugs.includes(slug)))
      addStarters(lesson, at("exercises", lesson.slug));
    return { folder, env: prepareEnvironment(folder), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Copies plain files and folders only, so that no link leads out of the sandbox. */
function copyFiles(from: string, to: string): void {
  const total = { files: 0, bytes: 0 };
  const copy = (source: string, target: string): void => {
    mkdirSync(target, { recursive: true });
    for (const entry of readdirSync(source, { withFileTypes: true })) {
      const file = path.join(source, entry.name);
      if (entry.isDirectory() && !leftOut.test(entry.name)) copy(file, path.join(target, entry.name));
      if (!entry.isFile()) continue;
      total.files += 1;
      total.bytes += statSync(file).size;
      if (total.files > max.files || total.bytes > max.bytes) {
        throw new Error(`it holds more than ${max.files} files or ${max.bytes / 1_000_000} MB beside the exercises`);
      }
      copyFileSync(file, path.join(target, entry.name));
    }
  };
  copy(from, to);
}

/** A file that the lesson does not ask to edit may be missing: the starter takes its place. */
function addStarters(lesson: Lesson, folder: string): void {
  for (const name of lesson.files.filter((each) => !lesson.edits.includes(each))) {
    const file = path.join(folder, name);
    if (statSync(file, { throwIfNoEntry: false }) === undefined) copyFileSync(places(lesson.slug).starter(name), file);
  }
}
