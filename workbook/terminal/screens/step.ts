/** A step: under work, passed, being graded, or with a problem. */
import type { Verdict } from "../../contract/model/clause.ts";
import type { Problem } from "../../contract/model/recording.ts";
import type { Run } from "../../contract/model/run.ts";
import { blank, type Line, type Sheet } from "../style.ts";
import { blocking, summarise, type Summary } from "../../report/summary.ts";
import type { CodeFrame } from "../../report/code-frame.ts";
import type { ClauseText } from "../../report/texts.ts";
import type { StepView } from "../../session/view.ts";
import { explainProblem, ownFile } from "../../report/words.ts";
import { fit, allLines, keysLine, messageLines, nextLine, noticeLines, type Key, type Screen } from "./compose.ts";
import { stepHeader } from "./header.ts";
import { drawOpenClause, type OpenClauseDetail } from "./open-clause.ts";
import { passedScreen } from "./passed.ts";
import { drawProblem } from "./problem.ts";
import { drawTypeRemarks } from "./type-remarks.ts";
import { countVerdicts, listVerdicts } from "./verdicts.ts";

/** How much to show. */
interface StepDetail extends OpenClauseDetail {
  readonly list: "full" | "counts";
  readonly types: boolean;
}

/** From all to least; the first one that fits the terminal's rows is taken. */
const details: readonly StepDetail[] = [
  { list: "full", wireRows: 16, printed: 20, why: true, source: true, types: true },
  { list: "full", wireRows: 10, printed: 6, why: true, source: true, types: true },
  { list: "counts", wireRows: 10, printed: 6, why: true, source: true, types: true },
  { list: "counts", wireRows: 8, printed: 3, why: true, source: false, types: true },
  { list: "counts", wireRows: 6, printed: 0, why: true, source: false, types: false },
  { list: "counts", wireRows: 6, printed: 0, why: false, source: false, types: false },
  { list: "counts", wireRows: 4, printed: 0, why: false, source: false, types: false },
  { list: "counts", wireRows: 0, printed: 0, why: false, source: false, types: false },
];

/** Shows a step, in as much detail as fits. */
export function stepScreen(view: StepView, sheet: Sheet): Line[] {
  let screen: Screen = { top: [], body: [], next: [], keys: [] };
  for (const detail of details) {
    screen = stepWith(view, detail, sheet);
    if (allLines(screen).length <= sheet.rows) return allLines(screen);
  }
  return fit(screen, sheet);
}

function stepWith(view: StepView, detail: StepDetail, sheet: Sheet): Screen {
  const { now } = view;
  if (now.is === "grading") return gradingScreen(view, now.verdicts, detail, sheet);
  const problem = blocking(now.run);
  if (problem) return problemScreen(view, now.run, problem, detail, sheet);
  const summary = summarise(view.lesson, view.clauses, now.run.verdicts, now.run.subject);
  if (now.run.passed || !summary.open) return passedScreen(view, now.run, now.at, summary, detail, sheet);
  return openScreen(view, { run: now.run, at: now.at, frame: now.frame, open: summary.open }, summary, detail, sheet);
}

interface Opened {
  readonly run: Run;
  readonly at: string;
  readonly frame: CodeFrame | null;
  readonly open: Verdict;
}

function openScreen(
  view: StepView,
  { run, at, frame, open }: Opened,
  summary: Summary,
  detail: StepDetail,
  sheet: Sheet,
): Screen {
  const { lesson, clauses, live } = view;
  const clause = clauseNamed(clauses, open.clause);
  return {
    top: [stepHeader({ lesson, summary, part: true, at, elapsedMs: run.elapsedMs, grading: false }, sheet)],
    body: [
      ...noticeLines(run.notice, sheet),
      ...list(view, summary, false, detail, sheet),
      blank,
      ...drawOpenClause(run, open, clause, frame, detail, live, sheet),
      ...(detail.types ? drawTypeRemarks(view.types, sheet) : []),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(nextStep(view, clause, open.problem), sheet),
    keys: stepKeys(true, live, run.output.length > 0, sheet),
  };
}

/** A grading under way. The open clause is shown once no verdict to come can change which one it is. */
function gradingScreen(view: StepView, verdicts: readonly Verdict[], detail: StepDetail, sheet: Sheet): Screen {
  const { lesson, clauses, live, now } = view;
  const last = now.last;
  const partial = summarise(lesson, clauses, verdicts);
  const sure = partial.open !== null && partial.certain;
  const summary = sure || !last ? partial : summarise(lesson, clauses, last.run.verdicts, last.run.subject);
  const open = sure ? partial.open : null;
  const clause = open && clauseNamed(clauses, open.clause);
  const shown = sure || last !== null || verdicts.length > 0;
  return {
    top: [
      stepHeader(
        { lesson, summary: shown ? summary : null, part: shown, at: null, elapsedMs: null, grading: true },
        sheet,
      ),
    ],
    body: [
      ...(shown ? list(view, summary, !sure && last !== null, detail, sheet) : []),
      ...(open && clause ? [blank, ...drawOpenClause(noRun, open, clause, null, detail, live, sheet)] : []),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(clause ? nextStep(view, clause, null) : "the verdicts come in a moment", sheet),
    keys: stepKeys(clause !== null, live, false, sheet),
  };
}

const noRun = { recordings: [], output: [] };

/** A side can't be run: the problem replaces the open clause, below the last known verdicts in grey. */
function problemScreen(view: StepView, run: Run, problem: Problem, detail: StepDetail, sheet: Sheet): Screen {
  const { lesson, clauses, live, now } = view;
  const frame = now.is === "run" ? now.frame : null;
  const at = now.is === "run" ? now.at : "";
  const fresh = new Set(run.verdicts.map((verdict) => verdict.side));
  const kept = (now.last?.run.verdicts ?? []).filter((verdict) => !fresh.has(verdict.side));
  const known = [...run.verdicts, ...kept];
  const summary = known.length > 0 ? summarise(lesson, clauses, known, run.subject) : null;
  const old = run.verdicts.length === 0 ? (now.last?.at ?? null) : at;
  return {
    top: [
      stepHeader(
        {
          lesson,
          summary,
          part: true,
          at: summary ? old : at,
          elapsedMs: summary ? null : run.elapsedMs,
          grading: false,
        },
        sheet,
      ),
    ],
    body: [
      ...noticeLines(run.notice, sheet),
      ...(summary ? [...list(view, summary, true, detail, sheet), blank] : []),
      ...drawProblem(problem, frame, summary ? at : null, sheet),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(explainProblem(problem).next, sheet),
    keys: stepKeys(false, live, run.output.length > 0, sheet),
  };
}

function list(view: StepView, summary: Summary, old: boolean, detail: StepDetail, sheet: Sheet): Line[] {
  return detail.list === "full" ? listVerdicts(summary, view.clauses, old, sheet) : countVerdicts(summary, old, sheet);
}

/** What to do about an open clause. */
function nextStep(view: StepView, clause: ClauseText, problem: Problem | null): string {
  const { lesson, live } = view;
  if (problem) return explainProblem(problem).next;
  const file = ownFile(lesson, clause.side);
  const left = clause.hints.length - (view.hints[clause.id] ?? 0);
  if (!live) return `edit ${file}, then npm run lesson ${lesson.number}; a hint: npm run lesson ${lesson.number} hint`;
  return left > 0 ? `edit ${file} and save, or press h for a hint` : `edit ${file} and save; h: all hints`;
}

function stepKeys(hint: boolean, live: boolean, printed: boolean, sheet: Sheet): Line[] {
  const keys: Key[] = [
    ...(hint ? [["h", "hint"] as const] : []),
    ["t", "text"],
    ["l", "list"],
    ...(printed ? [["p", "printed"] as const] : []),
    ["?", "all keys"],
    ["q", "quit"],
  ];
  return keysLine(keys, live, sheet);
}

/** @throws Error if there is no such clause, which is a bug in the workbook. */
function clauseNamed(clauses: readonly ClauseText[], id: string): ClauseText {
  const clause = clauses.find((each) => each.id === id);
  if (!clause) throw new Error(`There is no clause ${id}.`);
  return clause;
}
