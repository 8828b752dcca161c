/** A grading on the real clock: of a server at a URL, or a client that a command starts. */
import { exitCode, blocking, summarise } from "../../report/summary.ts";
import type { Verdict } from "../../contract/model/clause.ts";
import { clockNote, leftOut, nextWords, requestCount, subjectName } from "../../report/real-words.ts";
import {
  leftAndRight,
  blank,
  bold,
  dim,
  hangingIndent,
  inked,
  line,
  paragraph,
  type Line,
  type Sheet,
} from "../style.ts";
import { learners } from "../../report/text.ts";
import type { SubjectView } from "../../session/view.ts";
import { titled } from "../../report/words.ts";
import { nextLine, noticeLines, type Screen } from "./compose.ts";
import { drawOpenClause } from "./open-clause.ts";
import { drawProblem } from "./problem.ts";

const idWidth = 23;
const detail = { wireRows: 16, printed: 20, why: true, source: true };

/** Shows all verdicts, and the open clause in full. */
export function subjectScreen({ lesson, clauses, run, subject }: SubjectView, sheet: Sheet): Screen {
  const how = "url" in subject ? "graded at" : "graded:";
  const name = line(bold(titled(lesson)), `, ${how} ${learners(subjectName(subject))}`);
  const problem = blocking(run);
  const { open } = summarise(lesson, clauses, run.verdicts, run.subject);
  const clause = open && clauses.find(({ id }) => id === open.clause);
  return {
    top: [leftAndRight(name, line(dim(problem ? "" : clockNote(run))), sheet.width)],
    body: [
      ...noticeLines(run.notice, sheet),
      ...(problem ? drawProblem(problem, null, null, sheet) : listed(run.verdicts, sheet)),
      ...(open && clause ? [blank, ...drawOpenClause(run, open, clause, null, detail, false, sheet)] : []),
      ...(problem
        ? []
        : [
            blank,
            ...paragraph(leftOut(subject), sheet.width),
            line(`${requestCount(run)} Exit code ${exitCode(run)}.`),
          ]),
    ],
    next: nextLine(nextWords(run, subject), sheet),
    keys: [],
  };
}

/** What passes, a line for each group; then what fails, what waits, and what passes with a remark. */
function listed(verdicts: readonly Verdict[], sheet: Sheet): Line[] {
  const { pass, idle } = sheet.glyphs;
  const groups = new Map<string, string[]>();
  for (const { clause, verdict } of verdicts) {
    if (verdict !== "pass") continue;
    const name = groupOf(clause);
    groups.set(name, [...(groups.get(name) ?? []), clause]);
  }
  const waiting = new Map<string, string[]>();
  for (const { clause, verdict, blockedBy } of verdicts) {
    if (verdict !== "not-reached") continue;
    const by = blockedBy ?? "another clause";
    waiting.set(by, [...(waiting.get(by) ?? []), clause]);
  }
  return [
    ...[...groups.values()].flatMap((ids) =>
      hangingIndent(line(inked("pass", pass), " "), ids.join("  "), sheet.width),
    ),
    ...verdicts.flatMap((verdict) => failed(verdict, sheet)),
    ...[...waiting].flatMap(([by, ids]) =>
      hangingIndent(
        line(dim(`${idle} `)),
        `${ids.join("  ")}: ${ids.length === 1 ? "waits" : "wait"} for ${by}`,
        sheet.width,
        "dim",
      ),
    ),
    ...verdicts.flatMap((verdict) => remarked(verdict, sheet)),
  ];
}

/** The first word of an id; retry-after.valid and cache.no-stale share a line. */
function groupOf(id: string): string {
  const [group = id] = id.split(".");
  return group === "cache" ? "retry-after" : group;
}

function failed({ clause, verdict, level, seen }: Verdict, sheet: Sheet): Line[] {
  if (verdict !== "fail") return [];
  const must = level === "must";
  const mark = inked(
    must ? "fail" : "advice",
    `${must ? sheet.glyphs.fail : sheet.glyphs.advice} ${clause.padEnd(idWidth)}`,
  );
  return hangingIndent(line(mark), sheet.printable(learners(seen ?? "")), sheet.width);
}

/** A clause that passes, with its remark. */
function remarked({ clause, verdict, remark }: Verdict, sheet: Sheet): Line[] {
  if (verdict !== "pass" || remark === null) return [];
  return hangingIndent(
    line(inked("pass", `${sheet.glyphs.pass} ${clause}`), ": "),
    sheet.printable(learners(remark)),
    sheet.width,
  );
}
