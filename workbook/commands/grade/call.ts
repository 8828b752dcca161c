/** What `grade` was called with, checked. */
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { lessons, places, type Lesson } from "../../catalogue.ts";
import { ownSubject } from "../../progress.ts";
import { bothSides, isStarted, shown } from "../../workspace.ts";
import { lessonNamed, wrongCall } from "../command.ts";
import { refuseSwallowed, type Flags } from "../swallowed.ts";

export interface Files {
  readonly server?: string;
  readonly client?: string;
}

/** One grading to make. */
export interface Asked {
  readonly lesson: Lesson;
  /** Absolute paths. */
  readonly files: Files;
  /** The paths as they were typed. */
  readonly given: Files;
  /** They are the learner's own files of this step. */
  readonly own: boolean;
  /** False: the learner's own files of a step that is not started. Counts as failed. */
  readonly started: boolean;
}

export interface Call {
  /** The word was "all". */
  readonly all: boolean;
  readonly asked: readonly Asked[];
  readonly seed: number;
  readonly json: boolean;
  /** A file for the JSON object. */
  readonly output: string | null;
}

const flags: Flags = { server: true, client: true, url: true, command: true, json: false, output: true, seed: true };

/** @throws a wrong call, with what to type instead. */
export function readCall(args: readonly string[]): Call {
  refuseSwallowed("grade", args, flags);
  const { word, options } = parse(args);
  const all = word === "all";
  if (all && (options.server ?? options.client) !== undefined) {
    throw wrongCall("Say which step these files are for: npm run grade -- 3 --server a.ts");
  }
  return {
    all,
    asked: all ? lessons().map(ownFilesOf) : [oneOf(word, options)],
    seed: options.seed === undefined ? 1 : seedOf(options.seed),
    json: options.json === true,
    output: options.output ?? null,
  };
}

function parse(args: readonly string[]) {
  const value = { type: "string" } as const;
  const options = {
    server: value,
    client: value,
    url: value,
    command: value,
    output: value,
    seed: value,
    json: { type: "boolean" },
  } as const;
  const parsed = wordsOf(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const { values, positionals } = parsed;
  const [word, more] = positionals;
  if (word === undefined || more !== undefined)
    throw wrongCall("Say which step to grade, and nothing else: npm run grade -- 3");
  if ((values.url ?? values.command) !== undefined) {
    const flag = values.url === undefined ? "--command" : "--url";
    throw wrongCall(
      `${flag} is not there yet: it comes with the next release. Until then files are graded: npm run grade -- 3 --server a.ts`,
    );
  }
  return { word, options: values };
}

/** What parseArgs says of a flag that it does not know, as a wrong call. */
function wordsOf<T>(parsing: () => T): T {
  try {
    return parsing();
  } catch (error) {
    throw wrongCall(
      `${error instanceof Error ? error.message.split(/\. /)[0] : String(error)}. npm run grade help shows what there is.`,
    );
  }
}

function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrongCall(`The seed is "${text}": give it a whole number, such as --seed 7`);
}

function oneOf(word: string, options: Files): Asked {
  const lesson = lessonNamed(word);
  if (options.server === undefined && options.client === undefined) {
    const own = ownFilesOf(lesson);
    const missing = isStarted(lesson)
      ? bothSides.find((side) => !existsSync(places(lesson.slug).mine(side)))
      : undefined;
    if (missing === undefined) return own;
    const file = shown(places(lesson.slug).mine(missing));
    throw wrongCall(
      `${file} is not there. npm run lesson ${lesson.number} reset puts the starter back, with a backup of the other file.`,
    );
  }
  const given: Files = {
    ...(options.server === undefined ? {} : { server: options.server }),
    ...(options.client === undefined ? {} : { client: options.client }),
  };
  const files = Object.fromEntries(Object.entries(given).map(([side, file]) => [side, found(file)]));
  return { lesson, files, given, own: false, started: true };
}

/** A path is read from the working directory, or from where npm was called. @throws a wrong call if nothing is there. */
function found(file: string): string {
  const folders = [process.cwd(), process.env["INIT_CWD"] ?? process.cwd()];
  const full = folders.map((folder) => path.resolve(folder, file)).find((each) => existsSync(each));
  if (full === undefined)
    throw wrongCall(`There is no file ${file}. Name the file that holds the server or the client.`);
  if (!statSync(full).isFile()) throw wrongCall(`${file} is a folder. Name the file in it.`);
  return full;
}

function ownFilesOf(lesson: Lesson): Asked {
  const files = ownSubject(lesson);
  return {
    lesson,
    files,
    given: { server: shown(files.server), client: shown(files.client) },
    own: true,
    started: isStarted(lesson),
  };
}
