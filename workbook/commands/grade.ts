/** npm run grade -- N: grades one subject, all steps, or a folder of students; for people or, with --json, for programs. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { clauses } from "../contract/clauses/all.ts";
import { gradeMany } from "../grade/many.ts";
import { toJson, toJsonAll } from "../report/json.ts";
import { toJunit } from "../report/junit.ts";
import { exitCode } from "../report/summary.ts";
import { two } from "../report/text.ts";
import { closePool } from "../run/memory/pool.ts";
import type { Run } from "../contract/model/run.ts";
import type { GradeOptions } from "../grade/options.ts";
import { exit, say, wrongCall } from "./command.ts";
import { readArguments, type Asked, type GradeArguments } from "./grade/arguments.ts";
import { progressLine } from "./grade/progress.ts";
import { gradeSubmissions } from "./grade/submissions.ts";
import { marksWord, printMarks } from "../hand-ins/mark-here.ts";
import { printRun } from "./print.ts";

export const help = `npm run grade -- 3               your files of step 3; "all" for every step
npm run grade -- 3 --server a.ts --client b.ts
                                 any files of the same form; either or both
npm run grade -- 3 --url http://127.0.0.1:8080
                                 any server, in any language, on the real clock (steps 2 to 5)
  --timeout S                    seconds that it has for one answer; 10 unless given
npm run grade -- 3 --command "python3 client.py"
                                 any client, in any language; SPEC.md says how it is called
  --json                         one object and nothing else (with npm run -s grade)
  --output FILE                  that object in a file
  --junit FILE                   the verdicts in a file as JUnit's XML, for CI
npm run grade -- all --submissions DIR --output marks.csv
                                 each folder in DIR is a student's hand-in: marks as CSV (lessons/TEACHING.md)
  --seed N                       other values, 1 unless given; the same seed gives the same verdicts
  exit codes                     0 passed, 1 a clause fails, 2 wrong call, 3 could not be run`;

interface Graded {
  readonly asked: Asked;
  readonly run: Run;
}

/**
 * @returns 0 if it passes, 1 if a must fails, 3 if it could not be run; for `all`, 1 where both apply. For submissions, 0 if
 * all were graded.
 * @throws a wrong call
 */
export async function run(args: readonly string[]): Promise<number> {
  if (args[0] === marksWord) {
    await printMarks(args.slice(1));
    return exit.passed;
  }
  const wanted = readArguments(args);
  const { submissions, output, seed } = wanted;
  if (submissions) return await gradeSubmissions({ ...submissions, output, seed });
  try {
    const graded = await gradeAll(wanted);
    report(wanted, graded);
    const codes = graded.map(({ asked, run }) => (asked.started ? exitCode(run) : exit.failed));
    return [exit.failed, exit.notRun].find((code) => codes.includes(code)) ?? exit.passed;
  } finally {
    closePool();
  }
}

async function gradeAll({ asked, seed, answerMs }: GradeArguments): Promise<Graded[]> {
  const progress = progressLine();
  const options: GradeOptions = {
    seed,
    heavy: true,
    ...(answerMs !== null && { answerMs }),
    ...(progress && { onClock: progress.onClock }),
  };
  try {
    const started = asked.filter((each) => each.started);
    const runs = await gradeMany(started, options);
    return asked.map((each) => ({ asked: each, run: runs[started.indexOf(each)] ?? notStarted(each, seed) }));
  } finally {
    progress?.end();
  }
}

/** Takes the place of a run where the step has no files. */
function notStarted({ lesson, subject }: Asked, seed: number): Run {
  const message = `Step ${two(lesson.number)} is not started: npm run lesson ${lesson.number} starts it.`;
  return {
    exercise: lesson.slug,
    subject,
    seed,
    passed: false,
    verdicts: [],
    problem: { kind: "import", side: null, message, file: null, line: null, column: null },
    recordings: [],
    output: [],
    elapsedMs: 0,
    virtualMs: 0,
    notice: null,
  };
}

function report({ all, json, output, junit }: GradeArguments, graded: readonly Graded[]): void {
  const runs = graded.map(({ asked, run }) => toJson(run, asked.given));
  const object = all
    ? toJsonAll(
        runs,
        runs.every((run) => run.passed),
      )
    : runs[0];
  const text = `${JSON.stringify(object, null, 2)}\n`;
  if (output !== null) write(output, text);
  if (junit !== null)
    write(
      junit,
      toJunit(
        graded.map(({ asked, run }) => ({ run, subject: asked.given })),
        clauses,
      ),
    );
  if (!json) for (const each of graded) print(each);
  else if (output === null) process.stdout.write(text);
}

function print({ asked: { lesson, started, own, given }, run }: Graded): void {
  if (started) printRun(lesson, run, own ? undefined : given);
  else say(`accepted ${lesson.slug}: FAILED, not started (npm run lesson ${lesson.number} starts it)`);
}

function write(output: string, text: string): void {
  try {
    const file = path.resolve(output);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw wrongCall(`${output} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
