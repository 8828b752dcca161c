/** npm run grade -- all --submissions DIR: a row of marks for each student and exercise. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";
import { counted, learners } from "../report/text.ts";
import { complain, exit, wrongCall } from "../commands/command.ts";
import { toCsv, type Row } from "./csv.ts";
import { handInsIn, type Found, type HandIn } from "./find.ts";
import { markHandIn, type HandInOptions } from "./hand-in.ts";
import { openOutput } from "./output.ts";
import type { Mark } from "./rows.ts";
import { openStand } from "./stand.ts";

export interface Submissions {
  /** As it was typed. */
  readonly folder: string;
  readonly lessons: readonly Lesson[];
  /** The file for the CSV; null: standard output, when all is done. */
  readonly output: string | null;
  readonly seed: number;
}

/** Each hand-in under way is a grader with two children, about 400 MB. */
const sideBySideAtMost = 8;
/** The grader's own limits end every exercise in a fraction of this, ms. */
const exerciseMs = 180_000;
/** What a shell says of a program that a signal ended. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Grades every hand-in, as many side by side as there are cores.
 * @returns 0 when all were graded, whatever their marks; after a signal, 128 and its number
 * @throws a wrong call
 */
export async function gradeSubmissions({ folder, lessons, output, seed }: Submissions): Promise<number> {
  const { handIns, others } = foundIn(folder);
  const file = output === null ? null : openOutput(output, toCsv([]));
  if (file?.backup) complain(`${output} was there already: it is kept as ${path.basename(file.backup)}.`);
  if (others.length > 0) complain(leftOut(others));
  const marks = new Map<HandIn, readonly Mark[]>();
  const csv = () => toCsv(handIns.flatMap((handIn) => rowsOf(handIn, marks.get(handIn) ?? [])));
  const startedAt = performance.now();
  const stop = new AbortController();
  let code: number = exit.passed;
  const unwatch = onSignals((signal) => {
    code = signals[signal];
    stop.abort();
  });
  const usual: HandInOptions = { seed, exerciseMs, signal: stop.signal, onNote: complain };
  const queue = [...handIns];
  const lane = async () => {
    const stand = await openStand(stop.signal);
    try {
      for (let next = queue.shift(); next && !stop.signal.aborted; next = queue.shift()) {
        const done = await markHandIn(next, lessons, { ...usual, stand });
        marks.set(next, done);
        file?.write(csv());
        if (!stop.signal.aborted) complain(progress(next, done, marks.size, handIns.length));
      }
    } finally {
      stand?.remove();
    }
  };
  const lanes = Math.min(availableParallelism(), sideBySideAtMost, handIns.length);
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    unwatch();
  }
  if (file === null) process.stdout.write(csv());
  const rows = [...marks.values()].reduce((sum, { length }) => sum + length, 0);
  complain(ending(rows, handIns.length, (performance.now() - startedAt) / 1_000, output));
  return code;
}

function foundIn(given: string): Found {
  const folders = [process.cwd(), process.env["INIT_CWD"] ?? process.cwd()].map((from) => path.resolve(from, given));
  const folder = folders.find((each) => statSync(each, { throwIfNoEntry: false }) !== undefined);
  if (folder === undefined) throw wrongCall(`There is no folder ${given}. Name the one that holds the hand-ins.`);
  let found: Found;
  try {
    found = handInsIn(folder);
  } catch (error) {
    throw wrongCall(`${given} cannot be read as a folder: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (found.handIns.length > 0) return found;
  const zips = found.others.length > 0 ? " Unpack what is packed: a folder a student." : "";
  throw wrongCall(`There is no hand-in in ${given}: it should hold a folder for each student.${zips}`);
}

function leftOut(names: readonly string[]): string {
  const some = names.slice(0, 5).map((name) => learners(name));
  const more = names.length > some.length ? ` and ${names.length - some.length} more` : "";
  return `Left out, for only folders are hand-ins: ${some.join(", ")}${more}.`;
}

function rowsOf({ student }: HandIn, marks: readonly Mark[]): Row[] {
  return marks.map((mark) => ({ student, mark }));
}

function progress({ student }: HandIn, marks: readonly Mark[], n: number, of: number): string {
  const passed = marks.filter((mark) => mark.passed).length;
  const seconds = marks.reduce((sum, mark) => sum + mark.seconds, 0);
  return `${n} of ${of}  ${learners(student)}: ${passed} of ${marks.length} passed, ${seconds.toFixed(1)} s`;
}

function ending(rows: number, handIns: number, seconds: number, output: string | null): string {
  const time = seconds < 100 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} minutes`;
  const where = output === null ? "" : ` They are in ${output}.`;
  return `${counted(rows, "row")} of ${counted(handIns, "hand-in")} in ${time}.${where}`;
}

/** @returns ends the watching */
function onSignals(hear: (signal: keyof typeof signals) => void): () => void {
  const names = Object.keys(signals) as (keyof typeof signals)[];
  for (const name of names) process.on(name, hear);
  return () => {
    for (const name of names) process.off(name, hear);
  };
}
