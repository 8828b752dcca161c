/** Reads and checks the arguments of `grade`. */
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { lessons } from "../../content/catalogue.ts";
import { places, pathFromRoot } from "../../content/places.ts";
import type { Lesson } from "../../content/lesson.ts";
import { ownSubject } from "../../learner/progress.ts";
import { isForHttp } from "../../grade/plan.ts";
import type { Subject } from "../../contract/model/run.ts";
import { isStarted } from "../../learner/exercises.ts";
import { two } from "../../report/text.ts";
import { wrongCall } from "../command.ts";
import { lessonNamed } from "../lesson-named.ts";
import { refuseTakenFlags, type Flags } from "../npm-flags.ts";
import { answerMsOf, originOf } from "./values.ts";

export interface Files {
  readonly server?: string;
  readonly client?: string;
}

/** One grading that was asked for. */
export interface Asked {
  readonly lesson: Lesson;
  /** Paths are absolute, a URL is an origin. */
  readonly subject: Subject;
  /** The subject as it was typed. */
  readonly given: Subject;
  /** The subject is the learner's own files of this step. */
  readonly own: boolean;
  /** False for the learner's own files of a step that is not started. That counts as failed. */
  readonly started: boolean;
}

export interface GradeArguments {
  /** The word was "all". */
  readonly all: boolean;
  readonly asked: readonly Asked[];
  readonly seed: number;
  readonly json: boolean;
  /** A file for the JSON object. */
  readonly output: string | null;
  /** A file for the verdicts as JUnit's XML. */
  readonly junit: string | null;
  /** How long a server at a URL has for one answer, ms; null: the usual time. */
  readonly answerMs: number | null;
  /** A folder with a folder for each student, and the steps to grade in each; null without --submissions. */
  readonly submissions: { readonly folder: string; readonly lessons: readonly Lesson[] } | null;
}

const value = { type: "string" } as const;
const known = {
  server: value,
  client: value,
  url: value,
  command: value,
  timeout: value,
  output: value,
  junit: value,
  submissions: value,
  seed: value,
  json: { type: "boolean" },
} as const;
const flags: Flags = Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, type === "string"]));

/** @throws a wrong call that says what to type instead */
export function readArguments(args: readonly string[]): GradeArguments {
  refuseTakenFlags("grade", args, flags);
  const { word, options } = parse(args);
  const all = word === "all";
  const what = subjectsIn(options);
  if (all && what.length > 0) throw wrongCall(`Say which step that is for: npm run grade -- 3 --${what[0]} …`);
  if (options.timeout !== undefined && options.url === undefined) {
    throw wrongCall("--timeout is for a server at a URL: npm run grade -- 3 --url http://127.0.0.1:8080 --timeout 30");
  }
  const { submissions: folder } = options;
  if (folder !== undefined) refuseBeside(what, options);
  const submissions = folder === undefined ? null : { folder, lessons: all ? lessons() : [lessonNamed(word)] };
  return {
    all,
    submissions,
    asked: submissions ? [] : all ? lessons().map(ownFilesOf) : [oneOf(word, options)],
    seed: options.seed === undefined ? 1 : seedOf(options.seed),
    json: options.json === true,
    output: options.output ?? null,
    junit: options.junit ?? null,
    answerMs: options.timeout === undefined ? null : answerMsOf(options.timeout),
  };
}

type Options = Readonly<Partial<Record<"server" | "client" | "url" | "command", string>>>;

/** @throws a wrong call for a flag that cannot be combined with --submissions */
function refuseBeside(what: readonly string[], { json, junit }: { json?: boolean; junit?: string }): void {
  const others = [...what, ...(json === true ? ["json"] : []), ...(junit === undefined ? [] : ["junit"])];
  if (others.length === 0) return;
  throw wrongCall(
    `--submissions writes CSV and takes no --${others[0]}: npm run grade -- all --submissions DIR --output marks.csv`,
  );
}

/** The flags that name a subject. @throws a wrong call for more than one subject */
function subjectsIn({ server, client, url, command }: Options): string[] {
  const named = Object.entries({ server, client, url, command }).flatMap(([name, given]) =>
    given === undefined ? [] : [name],
  );
  if (named.length > 1 && (url ?? command) !== undefined) {
    throw wrongCall("Grade one thing at a time: files, or --url, or --command.");
  }
  return named;
}

function parse(args: readonly string[]) {
  const parsed = orWrongCall(() => parseArgs({ args: [...args], options: known, allowPositionals: true }));
  const { values, positionals } = parsed;
  const [word, more] = positionals;
  if (word === undefined || more !== undefined)
    throw wrongCall("Say which step to grade, and nothing else: npm run grade -- 3");
  return { word, options: values };
}

/** Turns the error of parseArgs into a wrong call. */
function orWrongCall<T>(parsing: () => T): T {
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

function oneOf(word: string, options: Options): Asked {
  const lesson = lessonNamed(word);
  const { url, command } = options;
  if (url !== undefined || command !== undefined) return runningOne(lesson, url, command ?? "");
  if (options.server === undefined && options.client === undefined) {
    const own = ownFilesOf(lesson);
    const missing = isStarted(lesson)
      ? lesson.files.find((name) => !existsSync(places(lesson.slug).mine(name)))
      : undefined;
    if (missing === undefined) return own;
    const file = pathFromRoot(places(lesson.slug).mine(missing));
    throw wrongCall(
      `${file} is not there. npm run lesson ${lesson.number} reset puts the starter back, with a backup of the other file.`,
    );
  }
  const given: Files = {
    ...(options.server === undefined ? {} : { server: options.server }),
    ...(options.client === undefined ? {} : { client: options.client }),
  };
  const files = Object.fromEntries(Object.entries(given).map(([side, file]) => [side, found(file)]));
  return { lesson, subject: files, given, own: false, started: true };
}

/** A server that is running, or a client that a command starts. */
function runningOne(lesson: Lesson, url: string | undefined, command: string): Asked {
  if (!isForHttp(lesson)) {
    throw wrongCall(
      `Step ${two(lesson.number)} is graded by files only: npm run grade -- ${lesson.number} --server a.ts --client b.ts`,
    );
  }
  if (url === undefined && command.trim() === "") {
    throw wrongCall('Name the command that starts your client: --command "python3 client.py"');
  }
  const given = url === undefined ? { command } : { url };
  const subject = url === undefined ? { command } : { url: originOf(url) };
  return { lesson, subject, given, own: false, started: true };
}

/** Resolves a path from the working directory, or from where npm was called. @throws a wrong call if nothing is there */
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
    subject: files,
    given: { server: pathFromRoot(files.server), client: pathFromRoot(files.client) },
    own: true,
    started: isStarted(lesson),
  };
}
