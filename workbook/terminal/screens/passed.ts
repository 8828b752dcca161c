/** A passed step: what the learner's code did on the wire, the open quiz question, and what comes next. */
import type { Run } from "../../contract/model/run.ts";
import { widthOf } from "../../report/columns.ts";
import { storyOf } from "../../report/story.ts";
import { blank, dim, hangingIndent, inked, line, type Line, type Sheet } from "../style.ts";
import type { Summary } from "../../report/summary.ts";
import { two, uncapitalised } from "../../report/text.ts";
import type { StepView } from "../../session/view.ts";
import { wireRows } from "../../report/wire.ts";
import { keysLine, messageLines, nextLine, noticeLines, type Screen } from "./compose.ts";
import { drawExchange } from "./exchange.ts";
import { stepHeader } from "./header.ts";
import { drawTypeRemarks } from "./type-remarks.ts";
import { countVerdicts, listPassed } from "./verdicts.ts";

/** What fits on one line behind "next". */
const nextWidth = 68;

/** How much to show; less on short terminals. */
interface PassedDetail {
  readonly list: "full" | "counts";
  /** Most rows of all exchanges together. */
  readonly wireRows: number;
  readonly types: boolean;
}

/** Shows a step whose `must` clauses all pass. */
export function passedScreen(
  view: StepView,
  run: Run,
  at: string,
  summary: Summary,
  detail: PassedDetail,
  sheet: Sheet,
): Screen {
  const { lesson, live } = view;
  return {
    top: [stepHeader({ lesson, summary, part: false, at, elapsedMs: run.elapsedMs, grading: false }, sheet)],
    body: [
      ...noticeLines(run.notice, sheet),
      ...(detail.list === "full" ? listPassed(summary, sheet) : countVerdicts(summary, false, sheet)),
      ...advice(summary, sheet),
      ...(sheet.tiny ? [] : pictures(run, view, detail.wireRows, sheet)),
      ...(detail.types ? drawTypeRemarks(view.types, sheet) : []),
      blank,
      ...passedLine(view, sheet),
      ...waysLine(view, sheet),
    ],
    message: messageLines(view.message, sheet),
    next: nextLine(nextWords(view), sheet),
    keys: keysLine(
      [
        ...(view.following ? [["n", "next"] as const] : []),
        ["z", "quiz"],
        ["s", "compare with the solution"],
        ...(lesson.ways.length > 0 ? [["w", "ways"] as const] : []),
        ["l", "list"],
        ["q", "quit"],
      ],
      live,
      sheet,
    ),
  };
}

/** The `should` clauses that fail. The step passes anyway, and the screen says so. */
function advice({ advice: verdicts }: Summary, sheet: Sheet): Line[] {
  if (verdicts.length === 0) return [];
  const { advice: sign } = sheet.glyphs;
  const widest = Math.max(...verdicts.map(({ clause }) => clause.length));
  const rows = verdicts.flatMap(({ clause, seen, expected }) => {
    if (sheet.tiny) return [line(inked("advice", sign), ` ${clause}`)];
    const wanted = expected === null ? "" : `; better: ${expected}`;
    const head = line(inked("advice", sign), ` ${clause.padEnd(widest)}  `);
    return hangingIndent(head, sheet.printable(`${seen ?? ""}${wanted}`), sheet.width);
  });
  return [blank, line(dim("advice, which fails nothing")), ...rows];
}

/** The exchanges that the step is about, as recorded from the learner's own code. */
function pictures(run: Run, { lesson }: StepView, rows: number, sheet: Sheet): Line[] {
  if (rows === 0) return [];
  const recorded = lesson.pictures.flatMap(({ scenario, caption }) => {
    const recording = run.recordings.find((each) => each.scenario === scenario);
    return recording ? [{ recording, caption }] : [];
  });
  return recorded.flatMap(({ recording, caption }) => {
    const wire = wireRows(storyOf(recording), null, Math.floor(rows / recorded.length));
    const exchange = drawExchange(wire, { notes: "gist", requestBodies: false }, sheet);
    return exchange.length === 0
      ? []
      : [blank, ...hangingIndent([], sheet.printable(caption), sheet.width, "dim"), ...exchange];
  });
}

function passedLine({ lesson, quiz, live }: StepView, sheet: Sheet): Line[] {
  const open = lesson.quiz.filter((_, index) => !quiz.includes(index));
  const passed = inked("pass", "Passed");
  const [first] = open;
  if (!first) return [line(passed, ".")];
  const count = open.length === 1 ? "One question is" : `${open.length} questions are`;
  const how = live ? "press z" : `npm run lesson ${lesson.number} quiz`;
  const words = `. ${count} open (${how}): ${uncapitalised(first.question)}`;
  return hangingIndent(line(passed), sheet.printable(words), sheet.width).map((row, index) =>
    index === 0 ? row : line(...row.slice(1)),
  );
}

function waysLine({ lesson, live }: StepView, sheet: Sheet): Line[] {
  if (lesson.ways.length === 0) return [];
  const how = live ? "press w" : `npm run lesson ${lesson.number} ways`;
  const titles = lesson.ways.map(({ title }) => uncapitalised(title)).join("; ");
  return hangingIndent([], sheet.printable(`Other right ways (${how}): ${titles}.`), sheet.width);
}

function nextWords({ following, live }: StepView): string {
  if (!following)
    return live ? "that was the last step there is; press l for the list" : "that was the last step there is";
  const name = `${two(following.number)}, ${following.title}`;
  const how = live ? `press n for ${name}` : `npm run lesson ${following.number} for ${name}`;
  const longer = `${how}: ${uncapitalised(following.task).replace(/\.$/, "")}`;
  return widthOf(longer) <= nextWidth ? longer : how;
}
