/** The learner's files of a step that has more files than a server and a client, of which only some are edited. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FileName, Lesson } from "../../workbook/content/lesson.ts";
import { freshClone, type Clone } from "../commands/clone.ts";
import { first } from "../report/sample.ts";

const slug = "07-made-up";
const files: readonly FileName[] = ["server.ts", "client.ts", "database.ts", "work.ts"];
const lesson: Lesson = {
  ...first,
  slug,
  number: 7,
  runs: "process",
  files,
  edits: ["server.ts", "database.ts"],
  startsFrom: { "server.ts": "04-failing", "client.ts": "04-failing", "database.ts": "own", "work.ts": "own" },
};
const now = new Date(2026, 10, 24, 14, 3, 22);

let clone: Clone;
let exercises: typeof import("../../workbook/learner/exercises.ts");
let backups: typeof import("../../workbook/learner/backups.ts");
let handedOut: typeof import("../../workbook/learner/handed-out.ts");

/** A module of the copy: it writes there, not here. */
async function ours<T>(name: string): Promise<T> {
  return (await import(/* @vite-ignore */ pathToFileURL(clone.at("workbook", "learner", name)).href)) as T;
}

beforeAll(async () => {
  clone = freshClone();
  exercises = await ours("exercises.ts");
  backups = await ours("backups.ts");
  handedOut = await ours("handed-out.ts");
});
beforeEach(() => {
  clone.clear();
  for (const tree of ["lessons", "solutions"]) {
    for (const file of files) put(clone.at(tree, slug, file), `${tree} ${file}`);
  }
  put(clone.at("exercises", slug, "SPEC.md"), "what to build");
});
afterAll(() => clone.remove());

function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const mine = (name: string) => clone.at("exercises", slug, name);

function texts(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}

/** All files of the step with the text that they have in `tree`. */
const textsFrom = (tree: string) => Object.fromEntries(files.map((file) => [file, `${tree} ${file}`]));

test("starting copies every file, edited or handed out", () => {
  expect(exercises.startStep(lesson)).toEqual(files.map(mine));
  expect(texts(clone.at("exercises", slug))).toEqual(textsFrom("lessons"));
  expect(Object.keys(exercises.ownFiles(lesson))).toEqual(files);
});

test("starting from the own files takes those of the step that a starter comes from; the others are handed out", () => {
  put(clone.at("exercises", "04-failing", "server.ts"), "my server");
  put(clone.at("exercises", "04-failing", "work.ts"), "my helper");
  exercises.startStep(lesson, "own");
  expect(texts(clone.at("exercises", slug))).toEqual({ ...textsFrom("lessons"), "server.ts": "my server" });
});

test("starting leaves what is there", () => {
  put(mine("work.ts"), "mine");
  expect(exercises.startStep(lesson)).not.toContain(mine("work.ts"));
  expect(readFileSync(mine("work.ts"), "utf8")).toBe("mine");
});

test("a step is started when a file that it asks to edit is there", () => {
  put(mine("work.ts"), "handed out");
  expect(exercises.isStarted(lesson)).toBe(false);
  put(mine("database.ts"), "mine");
  expect(exercises.isStarted(lesson)).toBe(true);
});

test("take, reset and restore replace every file, and keep what was there", () => {
  exercises.startStep(lesson);
  put(mine("database.ts"), "mine");
  put(mine("notes.ts"), "not of the step");
  const before = { ...textsFrom("lessons"), "database.ts": "mine" };

  const taken = exercises.takeSolution(lesson, now);
  expect(taken.written).toEqual(files.map(mine));
  expect(texts(clone.at("exercises", slug))).toEqual({ ...textsFrom("solutions"), "notes.ts": "not of the step" });
  expect(taken.backup?.name).toBe("2026-11-24_14-03-22");
  expect(texts(taken.backup?.folder ?? "")).toEqual(before);

  exercises.resetStep(lesson, now);
  expect(texts(clone.at("exercises", slug))).toEqual({ ...textsFrom("lessons"), "notes.ts": "not of the step" });

  if (!taken.backup) throw new Error("There is no backup.");
  exercises.restoreBackup(lesson, taken.backup, now);
  expect(texts(clone.at("exercises", slug))).toEqual({ ...before, "notes.ts": "not of the step" });
  expect(backups.backupsOf(lesson).map(({ name }) => name)).toEqual([
    "2026-11-24_14-03-22_3",
    "2026-11-24_14-03-22_2",
    "2026-11-24_14-03-22",
  ]);
});

test("a change of any file that is handed out is noticed", () => {
  const begun = handedOut.handedOut(lesson);
  expect(Object.keys(begun)).toEqual(["SPEC.md", ...files]);
  expect(handedOut.changedSince(lesson, begun)).toEqual([]);
  put(clone.at("lessons", slug, "work.ts"), "another release");
  put(clone.at("lessons", slug, "server.ts"), "lessons server.ts".replaceAll("\n", "\r\n"));
  expect(handedOut.changedSince(lesson, begun)).toEqual(["work.ts"]);
});
