/** Marks as CSV (RFC 4180), safe to open in a spreadsheet. */
import { stringify } from "csv-stringify/sync";
import type { Mark } from "../report/mark.ts";

/** A student's mark of one exercise. */
export interface Row {
  readonly student: string;
  readonly mark: Mark;
}

const columns = ["student", "exercise", "passed", "must passed", "must", "first failing clause", "problem", "seconds"];

/** A whole file, with the names of the columns in its first line. */
export function toCsv(rows: readonly Row[]): string {
  return stringify(rows.map(cells), {
    header: true,
    columns,
    record_delimiter: "windows",
    // Some programs drop spaces at the ends of a cell that has no quotes.
    quoted_match: /^\s|\s$/,
    cast: { string: safe },
  });
}

function cells({ student, mark }: Row): string[] {
  const { exercise, passed, passes, of, open, problem, seconds } = mark;
  const counts = [String(passes), String(of)];
  return [student, exercise, passed ? "yes" : "no", ...counts, open ?? "", problem ?? "", seconds.toFixed(1)];
}

/**
 * Puts an apostrophe before what a spreadsheet would run as a formula, also after spaces, and turns control characters into
 * spaces.
 */
function safe(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, " ");
  return /^\s*[=+\-@]/.test(plain) ? `'${plain}` : plain;
}
