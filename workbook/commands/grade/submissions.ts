/** npm run grade -- all --submissions DIR: a row of marks for each student and exercise. */
import { statSync } from "node:fs";
import path from "node:path";
import type { Lesson } from "../../content/lesson.ts";
import { toCsv } from "../../hand-ins/csv.ts";
import { submissionsIn, type Found, type Submission } from "../../hand-ins/find.ts";
import { markAll } from "../../hand-ins/mark-all.ts";
import type { Mark } from "../../report/mark.ts";
import { counted, learners } from "../../report/text.ts";
import { complain, exit, wrongCall } from "../command.ts";
import { openMarksFile } from "./marks-file.ts";

export interface SubmissionsArguments {
  /** As it was typed. */
  readonly folder: string;
  readonly lessons: readonly Lesson[];
  /** The file for the CSV; null: standard output, when all is done. */
  readonly output: string | null;
  readonly seed: number;
}

/** The exit code that a shell gives a program that a signal ended. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Marks every submission, and keeps the file of marks up to date meanwhile.
 * @returns the exit code: 0 if all were graded, whatever their marks; after a signal, 128 and its number
 * @throws a wrong call
 */
export async function gradeSubmissions({ folder, lessons, output, seed }: SubmissionsArguments): Promise<number> {
  const { submissions, others } = find(folder);
  const file = output === null ? null : openMarksFile(output, toCsv([]));
  if (file?.backup) complain(`${output} was there already: it is kept as ${path.basename(file.backup)}.`);
  if (others.length > 0) complain(leftOut(others));
  const marks = new Map<Submission, readonly Mark[]>();
  const csv = () =>
    toCsv(submissions.flatMap((each) => (marks.get(each) ?? []).map((mark) => ({ student: each.student, mark }))));
  const startedAt = performance.now();
  const stop = new AbortController();
  let code: number = exit.passed;
  const unwatch = onSignals((signal) => {
    code = signals[signal];
    stop.abort();
  });
  try {
    await markAll(submissions, lessons, {
      seed,
      signal: stop.signal,
      onNote: complain,
      onMarked(submission, own) {
        marks.set(submission, own);
        file?.write(csv());
        if (!stop.signal.aborted) complain(progress(submission, own, marks.size, submissions.length));
      },
    });
  } finally {
    unwatch();
  }
  if (file === null) process.stdout.write(csv());
  const rows = [...marks.values()].reduce((sum, { length }) => sum + length, 0);
  complain(ending(rows, submissions.length, (performance.now() - startedAt) / 1_000, output));
  return code;
}

/** The path is read from the working directory, or from where npm was called. */
function find(given: string): Found {
  const folders = [process.cwd(), process.env["INIT_CWD"] ?? process.cwd()].map((from) => path.resolve(from, given));
  const folder = folders.find((each) => statSync(each, { throwIfNoEntry: false }) !== undefined);
  if (folder === undefined) throw wrongCall(`There is no folder ${given}. Name the one that holds the hand-ins.`);
  let found: Found;
  try {
    found = submissionsIn(folder);
  } catch (error) {
    throw wrongCall(`${given} cannot be read as a folder: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (found.submissions.length > 0) return found;
  const zips = found.others.length > 0 ? " Unpack what is packed: a folder a student." : "";
  throw wrongCall(`There is no hand-in in ${given}: it should hold a folder for each student.${zips}`);
}

function leftOut(names: readonly string[]): string {
  const some = names.slice(0, 5).map((name) => learners(name));
  const more = names.length > some.length ? ` and ${names.length - some.length} more` : "";
  return `Left out, for only folders are hand-ins: ${some.join(", ")}${more}.`;
}

function progress({ student }: Submission, marks: readonly Mark[], n: number, of: number): string {
  const passed = marks.filter((mark) => mark.passed).length;
  const seconds = marks.reduce((sum, mark) => sum + mark.seconds, 0);
  return `${n} of ${of}  ${learners(student)}: ${passed} of ${marks.length} passed, ${seconds.toFixed(1)} s`;
}

function ending(rows: number, submissions: number, seconds: number, output: string | null): string {
  const time = seconds < 100 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} minutes`;
  const where = output === null ? "" : ` They are in ${output}.`;
  return `${counted(rows, "row")} of ${counted(submissions, "hand-in")} in ${time}.${where}`;
}

/** @returns stops listening */
function onSignals(listener: (signal: keyof typeof signals) => void): () => void {
  const names = Object.keys(signals) as (keyof typeof signals)[];
  for (const name of names) process.on(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}
