/** The list of the steps. */
import { inkAll, inked, line, cursorSign, type Line, type Sheet } from "../style.ts";
import { cut, padded } from "../../report/columns.ts";
import { two } from "../../report/text.ts";
import type { ListEntry } from "../../session/view.ts";
import type { ChosenList } from "../position.ts";
import { keysLine, messageLines, nextLine, type Screen } from "./compose.ts";
import { bookHeader } from "./welcome.ts";

const titleWidth = 27;

/** Shows each step on a line: its mark, title, how much passes, and the open clause. */
export function listScreen(view: ChosenList, sheet: Sheet): Screen {
  const { entries, live } = view;
  return {
    top: [bookHeader(entries.filter((entry) => entry.progress?.passed).length, entries.length, sheet)],
    body: inSight(view, sheet).map((entry) => rowOf(entry, view, sheet)),
    message: messageLines(view.message, sheet),
    next: nextLine(nextWords(view), sheet),
    keys: keysLine(
      [
        ["up, down", "choose"],
        ["enter", "open"],
        ["esc", "back"],
        ["q", "quit"],
      ],
      live,
      sheet,
    ),
  };
}

/** The rows to show: on a short terminal, those around the chosen one. */
function inSight({ entries, selected, current }: ChosenList, sheet: Sheet): readonly ListEntry[] {
  const room = Math.max(3, sheet.rows - 6);
  if (entries.length <= room) return entries;
  const at = Math.max(
    0,
    entries.findIndex((entry) => entry.lesson.slug === (selected ?? current)),
  );
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), entries.length - room));
  return entries.slice(first, first + room);
}

function rowOf({ lesson, musts, progress }: ListEntry, view: ChosenList, sheet: Sheet): Line {
  const { glyphs } = sheet;
  const current = lesson.slug === view.current;
  const mark = progress?.passed ? inked("pass", glyphs.pass) : current ? glyphs.now : glyphs.idle;
  const count = progress
    ? `${String(progress.passes).padStart(2)} of ${musts}`
    : `${String(musts).padStart(2)} clauses`;
  const name = `${two(lesson.number)}  ${padded(cut(lesson.title, titleWidth, glyphs.dots), sheet.tiny ? 0 : titleWidth)}`;
  const open = progress && !progress.passed ? progress.open : null;
  const failing = open === null || !sheet.wide ? [] : ["   ", inked("fail", `${glyphs.fail} ${open}`)];
  const text = line(
    mark,
    " ",
    ...inkedRow(sheet.tiny ? name : `${name}   ${count}`, current && !progress?.passed),
    ...failing,
  );
  const row = progress || current ? text : inkAll("dim", text);
  return lesson.slug === view.selected ? line(cursorSign, ...row) : row;
}

function inkedRow(text: string, current: boolean) {
  return [current ? inked("bold", text) : inked("plain", text)];
}

function nextWords({ entries, current, selected, live }: ChosenList): string {
  const numberOf = (slug: string | null) => entries.find((entry) => entry.lesson.slug === slug)?.lesson.number;
  const chosen = numberOf(selected);
  if (live && chosen !== undefined) return `press enter to open ${two(chosen)}, esc to go back`;
  const now = numberOf(current);
  const other = entries.map((entry) => entry.lesson.number).findLast((number) => number !== now);
  const jumps = other === undefined ? "" : `; npm run lesson ${other} jumps`;
  return now === undefined
    ? "npm run lesson begins with the first step"
    : `npm run lesson goes on with ${two(now)}${jumps}`;
}
