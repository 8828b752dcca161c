/** A step as plain text, for a pipe or CI. A script needs only the first line and the exit code. */
import type { Verdict } from "../contract/model/clause.ts";
import type { Run } from "../contract/model/run.ts";
import { field, plainProblem, plainVerdict, plainWidth, type Files } from "./plain-parts.ts";
import { clockNote, leftOut, realSubject, requestCount, subjectName } from "./real-words.ts";
import { blocking, exitCode, hasVerdict, isMust, summarise, type Item, type Summary } from "./summary.ts";
import { wrap } from "./columns.ts";
import { ascii, counted, learners } from "./text.ts";
import type { GradedStep, Now } from "./graded-step.ts";
import type { LessonName } from "./texts.ts";
import { ownFile } from "./words.ts";

/** Columns for "pass", "not reached" and the like. */
const markWidth = 13;
const remarksAtMost = 3;

/**
 * All verdicts of a run, a line each, then the failed clauses in full. Ends with the seed, the time taken and the exit
 * code, without a line feed.
 * @param files the paths as the caller typed them; without: the learner's own files of the step
 */
export function plain(view: GradedStep, files?: Files): string {
  const { now, lesson } = view;
  if (now.is === "grading") return `accepted ${lesson.slug}: not graded yet`;
  const summary = summarise(lesson, view.clauses, now.run.verdicts, now.run.subject);
  const blocks = [
    [firstLine(lesson, now.run, summary)],
    header(now.run, files),
    now.run.notice === null ? [] : wrap(ascii(now.run.notice), plainWidth),
    [...verdictLines(summary), ...remarks(view)],
    ...details(view, now, summary, files),
    view.message ? wrap(ascii(view.message), plainWidth) : [],
    lastLines(now.run),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

function firstLine({ slug }: LessonName, run: Run, { passes, fails, notReached, of, kept }: Summary): string {
  const problem = blocking(run);
  if (problem) {
    const place =
      problem.file === null
        ? ""
        : ` in ${problem.file.split(/[\\/]/).pop()}${problem.line === null ? "" : `, line ${problem.line}`}`;
    return `accepted ${slug}: NOT RUN, ${problem.kind}${place}`;
  }
  if (run.passed) return `accepted ${slug}: PASSED, ${passes} of ${of} pass`;
  const broken = kept.items.filter((item) => isMust(item) && hasVerdict(item, "fail")).length;
  const counts = [
    `${passes} of ${of} pass`,
    ...(fails > 0 ? [`${fails} ${fails === 1 ? "fails" : "fail"}`] : []),
    ...(notReached > 0 ? [`${notReached} not reached`] : []),
    ...(broken > 0 ? [`${broken} kept ${broken === 1 ? "fails" : "fail"}`] : []),
  ];
  return `accepted ${slug}: FAILED, ${counts.join(", ")}`;
}

function header(run: Run, files: Files = {}): string[] {
  const real = realSubject(run.subject);
  if (real) {
    const kind = "url" in real ? "server" : "command";
    const name = `${kind.padEnd(markWidth)}${learners(subjectName(real), "...")}`;
    return blocking(run) ? [name] : [name, `${"clock".padEnd(markWidth)}${clockNote(run)}`];
  }
  return (["server", "client"] as const).flatMap((side) =>
    files[side] === undefined ? [] : [`${side.padEnd(markWidth)}${files[side]}`],
  );
}

function lastLines(run: Run): string[] {
  const real = realSubject(run.subject);
  const ended = `seed ${run.seed}, elapsed ${Math.round(run.elapsedMs)} ms, exit ${exitCode(run)}`;
  if (!real || blocking(run)) return [ended];
  return [...wrap(leftOut(real), plainWidth), `${requestCount(run)} Seed ${run.seed}, exit code ${exitCode(run)}.`];
}

function verdictLines({ parts, kept }: Summary): string[] {
  const own = parts.flatMap((part) => part.items);
  const keptMusts = kept.items.filter(isMust);
  const passing = keptMusts.filter((item) => hasVerdict(item, "pass")).length;
  const keptOthers = kept.items.filter((item) => item.verdict !== null && !hasVerdict(item, "pass"));
  return [
    ...own.filter(isMust).flatMap(verdictLine),
    ...own.filter((item) => !isMust(item)).flatMap(verdictLine),
    ...keptOthers.flatMap(verdictLine),
    ...(passing > 0 ? [`${"kept".padEnd(markWidth)}${counted(passing, "clause")} of ${kept.steps}: pass`] : []),
  ];
}

function verdictLine(item: Item): string[] {
  const { id, verdict } = item;
  if (verdict === null) return [];
  const [mark, words] = markOf(id, verdict, isMust(item));
  return wrap(ascii(words), plainWidth - markWidth).map((row, index) =>
    `${(index === 0 ? mark : "").padEnd(markWidth)}${row}`.trimEnd(),
  );
}

function markOf(id: string, verdict: Verdict, must: boolean): [mark: string, words: string] {
  if (verdict.verdict === "pass") {
    const notes = [...(must ? [] : ["advice"]), ...(verdict.remark === null ? [] : [learners(verdict.remark)])];
    return ["pass", notes.length > 0 ? `${id} (${notes.join("; ")})` : id];
  }
  if (verdict.verdict === "fail")
    return must ? ["FAIL", id] : ["advice", `${id}: ${learners(verdict.seen ?? "not followed")}`];
  const blocked = `${verdict.blockedBy ?? "another clause"} comes first`;
  return ["not reached", `${id} (${must ? "" : "advice; "}${blocked})`];
}

function remarks({ types }: GradedStep): string[] {
  const shown = types
    .slice(0, remarksAtMost)
    .flatMap(({ file, line, message }) =>
      wrap(`${file}, line ${line}: ${learners(message)}`, plainWidth - markWidth).map(
        (row, index) => `${(index === 0 ? "types" : "").padEnd(markWidth)}${row}`,
      ),
    );
  return types.length > remarksAtMost
    ? [...shown, `${" ".repeat(markWidth)}and ${types.length - remarksAtMost} more`]
    : shown;
}

function details(view: GradedStep, now: Extract<Now, { is: "run" }>, summary: Summary, files?: Files): string[][] {
  const { run, frame } = now;
  const { lesson, clauses } = view;
  const problem = blocking(run);
  const failed = [summary.kept, ...summary.parts]
    .flatMap((group) => group.items)
    .filter((item) => isMust(item) && hasVerdict(item, "fail"));
  const blocks = failed.flatMap(({ id, verdict }) => {
    const clause = clauses.find((each) => each.id === id);
    if (!clause || !verdict) return [];
    const file = files ? files[clause.side] : ownFile(lesson, clause.side);
    const shown = verdict === summary.open && !problem ? frame : null;
    const lines = plainVerdict(run, verdict, clause, shown);
    return [
      [
        ...lines,
        ...field("file", file ?? null),
        ...(files ? [] : field("hint", `npm run lesson ${lesson.number} hint`)),
      ],
    ];
  });
  return problem ? [plainProblem(problem, frame), ...blocks] : blocks;
}
