/** Screen 7: a step passed. No banner: what was on the wire, the open question, what comes next. */
import type { Run } from "../../contract/model/run.ts";
import { storyOf } from "../../report/story.ts";
import { blank, dim, hung, inked, line, type Line, type Sheet } from "../style.ts";
import type { Summary } from "../../report/summary.ts";
import { two } from "../../report/text.ts";
import type { StepView } from "../../session/view.ts";
import { wireRows } from "../../report/wire.ts";
import { keysLine, messageLines, nextLine, noticeLines, type Screen } from "./compose.ts";
import { drawExchange } from "./exchange.ts";
import { stepHeader } from "./header.ts";
import { drawTypes } from "./types.ts";
import { countVerdicts, listPassed } from "./verdicts.ts";

interface Room {
  readonly list: "full" | "counts";
  readonly wireRows: number;
  readonly types: boolean;
}

/** The screen of a step whose `must` clauses all pass. */
export function passedScreen(view: StepView, run: Run, at: string, summary: Summary, room: Room, sheet: Sheet): Screen {
  const { lesson, live } = view;
  return {
    top: [stepHeader({ lesson, summary, part: false, at, elapsedMs: run.elapsedMs, grading: false }, sheet)],
    body: [
      ...noticeLines(run.notice, sheet),
      ...(room.list === "full" ? listPassed(summary, sheet) : countVerdicts(summary, false, sheet)),
      ...advice(summary, sheet),
      ...(sheet.tiny ? [] : pictures(run, view, room.wireRows, sheet)),
      ...(room.types ? drawTypes(view.types, sheet) : []),
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

/** A `should` that is not followed fails nothing, and the screen says so. */
function advice({ advice: verdicts }: Summary, sheet: Sheet): Line[] {
  if (verdicts.length === 0) return [];
  const { advice: sign } = sheet.glyphs;
  const widest = Math.max(...verdicts.map(({ clause }) => clause.length));
  const rows = verdicts.flatMap(({ clause, seen, expected }) => {
    if (sheet.tiny) return [line(inked("advice", sign), ` ${clause}`)];
    const wanted = expected === null ? "" : `; better: ${expected}`;
    const head = line(inked("advice", sign), ` ${clause.padEnd(widest)}  `);
    return hung(head, sheet.say(`${seen ?? ""}${wanted}`), sheet.width);
  });
  return [blank, line(dim("advice, which fails nothing")), ...rows];
}

/** What the step is about, as it went with the learner's own code. */
function pictures(run: Run, { lesson }: StepView, rows: number, sheet: Sheet): Line[] {
  if (rows === 0) return [];
  const recorded = lesson.pictures.flatMap(({ scenario, caption }) => {
    const recording = run.recordings.find((each) => each.scenario === scenario);
    return recording ? [{ recording, caption }] : [];
  });
  return recorded.flatMap(({ recording, caption }) => {
    const wire = wireRows(storyOf(recording), null, Math.floor(rows / recorded.length));
    const exchange = drawExchange(wire, { notes: "told", asks: false }, sheet);
    return exchange.length === 0 ? [] : [blank, ...hung([], sheet.say(caption), sheet.width, "dim"), ...exchange];
  });
}

function passedLine({ lesson, quiz, live }: StepView, sheet: Sheet): Line[] {
  const open = lesson.quiz.filter((_, index) => !quiz.includes(index));
  const passed = inked("pass", "Passed");
  const [first] = open;
  if (!first) return [line(passed, ".")];
  const question = first.question.charAt(0).toLowerCase() + first.question.slice(1);
  const count = open.length === 1 ? "One question is" : `${open.length} questions are`;
  const how = live ? "press z" : `npm run lesson ${lesson.number} quiz`;
  const words = `. ${count} open (${how}): ${question}`;
  return hung(line(passed), sheet.say(words), sheet.width).map((row, index) =>
    index === 0 ? row : line(...row.slice(1)),
  );
}

function waysLine({ lesson, live }: StepView, sheet: Sheet): Line[] {
  if (lesson.ways.length === 0) return [];
  const how = live ? "press w" : `npm run lesson ${lesson.number} ways`;
  const titles = lesson.ways.map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1)).join("; ");
  return hung([], sheet.say(`Other right ways (${how}): ${titles}.`), sheet.width);
}

function nextWords({ following, live }: StepView): string {
  if (!following)
    return live ? "that was the last step there is; press l for the list" : "that was the last step there is";
  const name = `${two(following.number)}, ${following.title}`;
  const how = live ? `press n for ${name}` : `npm run lesson ${following.number} for ${name}`;
  const longer = `${how}: ${following.task.charAt(0).toLowerCase()}${following.task.slice(1).replace(/\.$/, "")}`;
  return longer.length <= 68 ? longer : how;
}
