/** The verdicts above the open clause: the part under work clause by clause, the rest as counts. */
import { dim, hangingIndent, inkAll, inked, lengthOf, line, type Line, type Sheet, type Span } from "../style.ts";
import { cut, padded, widthOf } from "../../report/columns.ts";
import { counted, sentence } from "../../report/text.ts";
import { hasVerdict, isMust, type Group, type Item, type Summary } from "../../report/summary.ts";
import type { ClauseText } from "../../report/texts.ts";

const labelWidth = 8;
const idWidth = 19;

/** Lists the verdicts of a step under work. @param old the verdicts are of an earlier run: draw them in grey */
export function listVerdicts(summary: Summary, clauses: readonly ClauseText[], old: boolean, sheet: Sheet): Line[] {
  const { parts, current } = summary;
  const now = parts[current];
  const lines = [
    ...doneParts(parts.slice(0, current).filter(isDone), sheet),
    ...(now ? currentPart(now, parts.length, clauses, sheet) : []),
    ...laterParts(
      parts.filter((each, index) => index > current || (index < current && !isDone(each))),
      sheet,
    ),
    ...keptClauses(summary.kept, clauses, sheet),
  ];
  return old ? lines.map((each) => inkAll("dim", each)) : lines;
}

/** Lists a passed step, a line for each part. */
export function listPassed({ parts, kept: keptGroup }: Summary, sheet: Sheet): Line[] {
  const width = Math.max(labelWidth, ...parts.map((each) => widthOf(labelOf(each.title, parts.length)) + 2));
  const pass = inked("pass", sheet.glyphs.pass);
  const rows = parts.map((each) => {
    const musts = each.items.filter(isMust);
    const what = musts.length === 1 && musts[0] ? musts[0].id : counted(musts.length, "clause");
    return line(padded(labelOf(each.title, parts.length), width), pass, ` ${what}`);
  });
  const musts = keptGroup.items.filter(isMust);
  if (musts.length > 0)
    rows.push(line("kept".padEnd(width), pass, ` ${counted(musts.length, "clause")} of ${keptGroup.title}`));
  return rows;
}

/** "✓ 4  ✗ 1  ○ 9": for a short terminal. */
export function countVerdicts({ passes, fails, of }: Summary, old: boolean, sheet: Sheet): Line[] {
  const { pass, fail, idle } = sheet.glyphs;
  const counts = line(
    inked("pass", pass),
    ` ${passes}  `,
    inked("fail", fail),
    ` ${fails}  `,
    dim(`${idle} ${of - passes - fails}`),
  );
  return [old ? inkAll("dim", counts) : counts];
}

function isDone(part: Group): boolean {
  return part.items.every((item) => !isMust(item) || hasVerdict(item, "pass"));
}

function doneParts(parts: readonly Group[], sheet: Sheet): Line[] {
  if (parts.length === 0) return [];
  const words = parts.map((each) => `${each.title} ${each.items.filter(isMust).length}`).join(", ");
  return hangingIndent(line("done".padEnd(labelWidth), inked("pass", sheet.glyphs.pass), " "), words, sheet.width);
}

/** The parts that come later, a count for each. */
function laterParts(parts: readonly Group[], sheet: Sheet): Line[] {
  if (parts.length === 0) return [];
  const words = parts.map((each) => {
    const musts = each.items.filter(isMust);
    const notes = (["pass", "fail"] as const).flatMap((verdict) => {
      const n = musts.filter((item) => hasVerdict(item, verdict)).length;
      return n === 0 ? [] : [`${n} ${verdict === "pass" ? (n === 1 ? "passes" : "pass") : n === 1 ? "fails" : "fail"}`];
    });
    return `${each.title} ${musts.length}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
  });
  return hangingIndent(
    line("later".padEnd(labelWidth), dim(`${sheet.glyphs.idle} `)),
    words.join(", "),
    sheet.width,
    "dim",
  );
}

function keptClauses(group: Group, clauses: readonly ClauseText[], sheet: Sheet): Line[] {
  const musts = group.items.filter(isMust);
  if (musts.length === 0) return [];
  const passes = musts.filter((item) => hasVerdict(item, "pass")).length;
  const rows = [...failing(musts, clauses, sheet), ...waiting(musts, sheet)];
  if (passes > 0)
    rows.push([line(inked("pass", sheet.glyphs.pass), ` ${counted(passes, "clause")} of ${group.title}`)]);
  return labelled("kept", rows, sheet);
}

function currentPart(group: Group, parts: number, clauses: readonly ClauseText[], sheet: Sheet): Line[] {
  const label = labelOf(group.title, parts);
  const musts = group.items.filter(isMust);
  const rows = [
    ...passing(
      musts.filter((item) => hasVerdict(item, "pass")),
      sheet,
    ),
    ...failing(musts, clauses, sheet),
    ...waiting(musts, sheet),
    ...advice(group.items, sheet),
  ];
  return labelled(label, rows, sheet);
}

/** A part's label. If it is the only part, the screen's first line has its title already. */
function labelOf(title: string, parts: number): string {
  return parts === 1 ? "step" : title;
}

/** Puts the label before the first row, or on a line of its own if it is long. */
function labelled(label: string, rows: readonly (readonly Line[])[], sheet: Sheet): Line[] {
  const lines = rows.flat();
  const pad = sheet.width < 36 ? 2 : labelWidth;
  if (widthOf(label) + 2 > pad)
    return [line(cut(label, sheet.width, sheet.glyphs.dots)), ...lines.map((each) => line(" ".repeat(pad), ...each))];
  return lines.map((each, index) => line(padded(index === 0 ? label : "", pad), ...each));
}

function passing(items: readonly Item[], sheet: Sheet): Line[][] {
  if (items.length === 0) return [];
  return [
    idRows(
      inked("pass", sheet.glyphs.pass),
      items.map((item) => item.id),
      sheet,
    ),
  ];
}

/** Ids side by side, behind one mark. */
function idRows(mark: Span, ids: readonly string[], sheet: Sheet): Line[] {
  const room = sheet.width - labelWidth - 2;
  const rows: string[] = [];
  for (const id of ids) {
    const row = rows.at(-1);
    if (row !== undefined && row.length + 2 + id.length <= room) rows[rows.length - 1] = `${row}  ${id}`;
    else rows.push(id);
  }
  return rows.map((row, index) => line(index === 0 ? mark : " ", ` ${row}`));
}

function failing(items: readonly Item[], clauses: readonly ClauseText[], sheet: Sheet): Line[][] {
  return items
    .filter((item) => hasVerdict(item, "fail"))
    .map((item) => {
      const words = clauses.find((clause) => clause.id === item.id)?.sentence ?? "";
      return withSentence(line(inked("fail", sheet.glyphs.fail), " "), item.id, sheet.printable(words), sheet);
    });
}

/** The `should` clauses that fail, with what was seen. */
function advice(items: readonly Item[], sheet: Sheet): Line[][] {
  return items
    .filter((item) => !isMust(item) && hasVerdict(item, "fail"))
    .map((item) =>
      withSentence(
        line(inked("advice", sheet.glyphs.advice), " "),
        item.id,
        sheet.printable(item.verdict?.seen ?? ""),
        sheet,
      ),
    );
}

/** Id and sentence on one line. With less room the id follows on its own line; with least, the id is all. */
function withSentence(mark: Line, id: string, words: string, sheet: Sheet): Line[] {
  const room = sheet.width - labelWidth - 2;
  const head = line(...mark, id.padEnd(idWidth - 2), "  ");
  if (sheet.tiny || words === "") return [line(...mark, id)];
  if (sheet.wide || lengthOf(head) + widthOf(words) <= room) {
    return [line(...head, cut(words, room + 2 - lengthOf(head), sheet.glyphs.dots))];
  }
  return [...hangingIndent(mark, sentence(words), room), line("  ", id)];
}

/** How many clauses each failed clause blocks, and how many aren't graded yet. */
function waiting(items: readonly Item[], sheet: Sheet): Line[][] {
  const blockers = new Map<string, number>();
  for (const { verdict } of items) {
    if (verdict?.verdict !== "not-reached") continue;
    const by = verdict.blockedBy ?? "";
    blockers.set(by, (blockers.get(by) ?? 0) + 1);
  }
  const ungraded = items.filter((item) => item.verdict === null).length;
  const inPart = items.filter((item) => hasVerdict(item, "fail")).at(-1)?.id;
  const rows = [...blockers].map(([by, n]) => {
    const what = by === inPart ? "it" : by || "another clause";
    const more = by === inPart ? `${n} more` : String(n);
    return `${more} ${n === 1 ? "waits" : "wait"} for ${what}`;
  });
  if (ungraded > 0) rows.push(`${ungraded} not graded yet`);
  return rows.map((row) => [line(dim(`${sheet.glyphs.idle} ${row}`))]);
}
