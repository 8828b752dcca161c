/** A verdict or a problem in words. Every reporter takes them from here, so that all say the same. */
import type { ClauseId, Level, Mark, Verdict } from "../contract/model/clause.ts";
import type { Problem, Recording, Side } from "../contract/model/recording.ts";
import type { Printed, Run } from "../contract/model/run.ts";
import { escaped, learners, sentence, two } from "./text.ts";
import type { ClauseText, LessonName } from "./texts.ts";
import { wireRows, type Row } from "./wire.ts";

export interface Explanation {
  readonly clause: ClauseId;
  readonly side: Side;
  readonly level: Level;
  readonly verdict: Verdict["verdict"];
  /** The clause, with a capital and a full stop. */
  readonly sentence: string;
  readonly expected: string | null;
  readonly seen: string | null;
  /** A note for a learner who is nearly right. */
  readonly remark: string | null;
  readonly why: string;
  readonly source: string;
  /** The recording that the verdict points into; null if it points nowhere. */
  readonly recording: Recording | null;
  readonly mark: Mark | null;
  /** The subject's process ended here; its code frame replaces the exchange. */
  readonly problem: Problem | null;
  /** What the learner's code printed in that scenario, oldest first. */
  readonly printed: readonly Printed[];
}

/** Everything that a report can say about one verdict. */
export function explain(run: Pick<Run, "recordings" | "output">, verdict: Verdict, clause: ClauseText): Explanation {
  const { mark, problem } = verdict;
  const scenario =
    mark?.scenario ?? clause.scenarios.find((name) => run.recordings.some((each) => each.scenario === name));
  return {
    clause: clause.id,
    side: verdict.side,
    level: verdict.level,
    verdict: verdict.verdict,
    sentence: sentence(clause.sentence),
    expected: shown(verdict.expected),
    seen: shown(verdict.seen),
    remark: shown(verdict.remark),
    why: sentence(clause.why),
    source: clause.source,
    recording: (mark && run.recordings.find((each) => each.scenario === mark.scenario)) ?? null,
    mark,
    problem,
    printed: run.output.filter((each) => each.scenario === scenario),
  };
}

/** The exchange that an explanation points at, at most `limit` rows; none if it points nowhere. */
export function wireOf({ recording, mark }: Explanation, limit?: number): Row[] {
  return recording && mark ? wireRows(recording, mark, limit) : [];
}

/** Escapes a verdict's text, which may quote the learner's values. */
function shown(text: string | null): string | null {
  return text === null ? null : learners(text);
}

/** A problem's message in parts. */
export interface ProblemWords {
  /** What happened, without a full stop. */
  readonly title: string;
  /** The place, for a line above the code; "" if the title names it already. */
  readonly where: string;
  /** The rest of the message; "" if there is none. */
  readonly about: string;
  /** What to do; follows the word "next" where each save is graded. */
  readonly next: string;
}

/**
 * The problem's message in parts. Only its full stops and colons decide where it is divided, and the place is taken from
 * the problem itself.
 */
export function explainProblem(problem: Problem): ProblemWords {
  const text = escaped(problem.message.replace(/\s*\n\s*/g, " ")).trim();
  const { head, rest } = cutAt(text, sentenceEnd);
  const next = remedy(problem);
  const line = `line ${problem.line}`;
  // "client.ts never gives the turn back: line 12 was still running": the title goes, and the place gets a line.
  const [title, happened] = problem.line === null ? [] : divide(head, `: ${line} `);
  if (title !== undefined && happened !== undefined) {
    const place = problem.file === null ? line : `${problem.file}, ${line}`;
    return { title, where: `${place}, ${happened}.`, about: rest, next };
  }
  const isNamed = problem.line !== null && new RegExp(`\\b${line}\\b`).test(head);
  const where = isNamed || problem.file === null ? "" : placeOf(problem);
  if (head.length <= titleLength) return { title: head, where, about: rest, next };
  const { head: start, rest: more } = cutAt(head, /:(?= )/);
  return {
    title: start,
    where,
    about: [more === "" ? "" : sentence(more), rest].filter((each) => each !== "").join(" "),
    next,
  };
}

/** A longer title ends at its colon, characters. */
const titleLength = 100;
const sentenceEnd = /[.!?](?= [A-Z"])/;

/** A text before and after the first match, which is one character. Without a match, all of it but a final full stop. */
function cutAt(text: string, end: RegExp): { head: string; rest: string } {
  const at = end.exec(text)?.index;
  if (at === undefined) return { head: text.replace(/\.$/, ""), rest: "" };
  return { head: text.slice(0, at), rest: text.slice(at + 1).trim() };
}

/** A text before and after a separator; empty if it has none. */
function divide(text: string, separator: string): [before: string, after: string] | [] {
  const at = text.indexOf(separator);
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + separator.length)];
}

function placeOf({ file, line }: Problem): string {
  return line === null ? (file ?? "") : `${file}, line ${line}`;
}

function remedy({ kind, file, line, isRejection }: Problem): string {
  const place = line === null ? (file ?? "your file") : `line ${line}`;
  switch (kind) {
    case "throw":
      if (isRejection) return "put a catch where the work is started, and save";
      return `mend ${place} and save`;
    case "syntax":
      return `mend ${place} and save`;
    case "import":
      return line === null ? `put ${place} there and save` : `mend the import in line ${line} and save`;
    case "export":
      return `add the export to ${file ?? "your file"} and save`;
    case "exit":
      return line === null
        ? "let the process live, and save"
        : `take the end of the process out of line ${line} and save`;
    case "loop":
      return "put an await in the loop (fetch, or a wait), and save";
    case "memory":
      return `look for what only grows, at ${place}, and save`;
    case "silent":
      return "return a Response from the handler of POST /reports, and save";
    case "clock":
      return "run your server on a port and grade it with --url and its address";
    case "unreachable":
      return "start it, then run the same line again";
  }
}

/** The path of the learner's own file in a step, from the project's root. */
export function ownFile(lesson: Pick<LessonName, "slug">, side: Side): string {
  return `exercises/${lesson.slug}/${side}.ts`;
}

/** "03  Polling". */
export function titled(lesson: Pick<LessonName, "number" | "title">): string {
  return `${two(lesson.number)}  ${lesson.title}`;
}
