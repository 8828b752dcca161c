/**
 * A room for one hand-in: a copy of the workbook in a temporary folder, with no solutions in it, and a fresh copy of the
 * student's files. What their code writes by a relative path lands there, and goes with it.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { places } from "../content/places.ts";
import type { Lesson } from "../content/lesson.ts";
import { root } from "../root.ts";
import { copyWorkbook } from "./copy.ts";
import type { Home } from "./find.ts";
import type { Stand } from "./stand.ts";

export interface Room {
  /** Absolute. */
  readonly folder: string;
  /** All that a process in it gets to know of this machine's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** @throws the system's error if something cannot be removed */
  remove(): void;
}

/** What a hand-in may hold at most: it is two small files an exercise, and their helpers. */
const most = { files: 2_000, bytes: 20_000_000 };
const leftOut = /^(?:node_modules|\.git|\.workbook)$/;

/**
 * @param stand where the room may be, with a workbook that is compiled already; without: somewhere
 * @throws Error with a sentence, or the system's own, when the files cannot be copied; no room is left then
 */
export function openRoom(home: Home, asked: readonly Lesson[], stand?: Stand): Room {
  const ready = stand?.take() ?? null;
  const folder = ready?.folder ?? mkdtempSync(path.join(tmpdir(), "accepted-hand-in-"));
  const at = (...names: string[]) => path.join(folder, ...names);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    copyWorkbook(ready?.workbook ?? root, folder, ready !== null);
    const [only] = home.slugs;
    copyFiles(home.folder, home.is === "one" && only ? at("exercises", only) : at("exercises"));
    for (const lesson of asked) if (home.slugs.includes(lesson.slug)) addStarters(lesson, at("exercises", lesson.slug));
    return { folder, env: furnish(folder), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Adds what a process in it needs beside the workbook. @returns its environment */
export function furnish(folder: string): Room["env"] {
  const at = (name: string) => path.join(folder, name);
  symlinkSync(path.join(root, "node_modules"), at("node_modules"), "junction");
  for (const name of ["home", "tmp"]) mkdirSync(at(name));
  return environment(at("home"), at("tmp"));
}

/** Plain files and folders alone: no link leads out of the copy. */
function copyFiles(from: string, to: string): void {
  const so = { files: 0, bytes: 0 };
  const copy = (source: string, target: string): void => {
    mkdirSync(target, { recursive: true });
    for (const entry of readdirSync(source, { withFileTypes: true })) {
      const file = path.join(source, entry.name);
      if (entry.isDirectory() && !leftOut.test(entry.name)) copy(file, path.join(target, entry.name));
      if (!entry.isFile()) continue;
      so.files += 1;
      so.bytes += statSync(file).size;
      if (so.files > most.files || so.bytes > most.bytes) {
        throw new Error(`it holds more than ${most.files} files or ${most.bytes / 1_000_000} MB beside the exercises`);
      }
      copyFileSync(file, path.join(target, entry.name));
    }
  };
  copy(from, to);
}

/** A file that the lesson does not ask to edit may be left out of a hand-in: the starter takes its place. */
function addStarters(lesson: Lesson, folder: string): void {
  for (const name of lesson.files.filter((each) => !lesson.edits.includes(each))) {
    const file = path.join(folder, name);
    if (statSync(file, { throwIfNoEntry: false }) === undefined) copyFileSync(places(lesson.slug).starter(name), file);
  }
}

/** The language is always the same one, so that marks do not depend on the teacher's. */
function environment(home: string, tmp: string): Record<string, string> {
  const own = { HOME: home, TMPDIR: tmp, TMP: tmp, TEMP: tmp, LANG: "en_US.UTF-8" };
  const search = process.env["PATH"] ?? "";
  if (process.platform !== "win32") return { PATH: search, ...own };
  // Without it Windows starts no program that uses its network or its random numbers.
  return { PATH: search, ...own, USERPROFILE: home, SystemRoot: process.env["SystemRoot"] ?? "C:\\Windows" };
}
