/** Marks as CSV (RFC 4180), safe to open in a spreadsheet. */
import type { Mark } from "./rows.ts";

/** A student's mark of one exercise. */
export interface Row {
  readonly student: string;
  readonly mark: Mark;
}

const header = ["student", "exercise", "passed", "must passed", "must", "first failing clause", "problem", "seconds"];

/** A whole file, the names of the columns first. */
export function toCsv(rows: readonly Row[]): string {
  return [header, ...rows.map(cells)].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

function cells({ student, mark }: Row): string[] {
  const { exercise, passed, passes, of, open, problem, seconds } = mark;
  const counts = [String(passes), String(of)];
  return [student, exercise, passed ? "yes" : "no", ...counts, open ?? "", problem ?? "", seconds.toFixed(1)];
}

/** What a spreadsheet would take for a formula gets an apostrophe in front. Control characters become spaces. */
function cell(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, " ");
  const safe = /^\s*[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[",]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
