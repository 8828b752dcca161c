/** A verdict in sentences: what every reporter (terminal, plain, vitest, page) says of it, so that all say the same. */
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
  /** A kind word where the learner is nearly right. */
  readonly remark: string | null;
  readonly why: string;
  readonly source: string;
  /** "client.waits comes first", for what was not reached. */
  readonly blocked: string | null;
  /** The recording that the verdict points into; null when it points nowhere. */
  readonly recording: Recording | null;
  readonly mark: Mark | null;
  /** The subject's process ended here; its frame stands in place of the wire. */
  readonly problem: Problem | null;
  /** What was printed in that recording, oldest first. */
  readonly printed: readonly Printed[];
}

/** All that there is to say of one verdict. */
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
    blocked: verdict.blockedBy === null ? null : `${verdict.blockedBy} comes first`,
    recording: (mark && run.recordings.find((each) => each.scenario === mark.scenario)) ?? null,
    mark,
    problem,
    printed: run.output.filter((each) => each.scenario === scenario),
  };
}

/** The exchange of an explanation, at most `limit` rows; none where it points nowhere. */
export function wireOf({ recording, mark }: Explanation, limit?: number): Row[] {
  return recording && mark ? wireRows(recording, mark, limit) : [];
}

/** Values in a verdict may be the learner's. */
function shown(text: string | null): string | null {
  return text === null ? null : learners(text);
}

/** A problem in pieces: what it is, where, what more there is to say, and what to do. */
export interface ProblemWords {
  /** Without a full stop. */
  readonly title: string;
  /** A line of its own above the code; "" where the title says it already. */
  readonly where: string;
  readonly about: string;
  /** For the line that begins with "next", live and grading on save. */
  readonly next: string;
}

/** The words for what kept a subject from being run on. */
export function explainProblem(problem: Problem): ProblemWords {
  const text = escaped(problem.message.replace(/\s*\n\s*/g, " ")).trim();
  const { head, rest } = cutAt(text, sentenceEnd);
  const next = remedy(problem);
  const running = /: (?=line \d)/.exec(head);
  if (running) {
    const [title, where] = [head.slice(0, running.index), head.slice(running.index + 2)];
    const place = problem.file === null ? "line" : `${problem.file}, line`;
    return { title, where: `${where.replace(/^line (\d+)/, `${place} $1,`)}.`, about: rest, next };
  }
  const where = /\bline \d/.test(head) || problem.file === null ? "" : placeOf(problem);
  if (head.length <= titleLength) return { title: head, where, about: rest, next };
  const { head: title, rest: more } = cutAt(head, /:(?= )/);
  return {
    title,
    where,
    about: [more === "" ? "" : sentence(more), rest].filter((each) => each !== "").join(" "),
    next,
  };
}

const titleLength = 100;
const sentenceEnd = /[.!?](?= [A-Z"])/;

/** What stands before the first match, and what after its one character; a full stop at the very end goes. */
function cutAt(text: string, end: RegExp): { head: string; rest: string } {
  const at = end.exec(text)?.index;
  if (at === undefined) return { head: text.replace(/\.$/, ""), rest: "" };
  return { head: text.slice(0, at), rest: text.slice(at + 1).trim() };
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

/** The learner's own file for a side of a step. */
export function ownFile(lesson: Pick<LessonName, "slug">, side: Side): string {
  return `exercises/${lesson.slug}/${side}.ts`;
}

/** "03  Polling". */
export function titled(lesson: Pick<LessonName, "number" | "title">): string {
  return `${two(lesson.number)}  ${lesson.title}`;
}
