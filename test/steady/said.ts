/** What a grading said, as text: two gradings said the same only if every byte of it is the same. */
import { toJson } from "../../workbook/report/json.ts";
import type { Run } from "../../workbook/contract/model/run.ts";

/** A verdict, or what else a grading says. */
export interface Line {
  /** The clause, or "the outcome" (passed, problem). */
  readonly of: string;
  readonly text: string;
}

/** Two gradings of one subject that did not say the same. */
export interface Difference {
  /** The first line that differs: what the first grading said there, and what this one did. */
  readonly of: string;
  readonly first: string;
  readonly now: string;
}

/** All that a grading says of a subject: each verdict with its exchange, in contract order; then the outcome. */
export function said(run: Run): readonly Line[] {
  const shown = toJson(run, run.subject);
  return [
    ...shown.verdicts.map((verdict, index) => ({
      of: verdict.clause,
      text: JSON.stringify({ ...run.verdicts[index], exchange: verdict.exchange }),
    })),
    { of: "the outcome", text: JSON.stringify({ passed: run.passed, problem: run.problem }) },
  ];
}

/** What stands for a grading that did not come to its end. */
export function saidByError(error: unknown): readonly Line[] {
  return [{ of: "the grading itself", text: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
}

/** Null when both said the same. */
export function differenceOf(first: readonly Line[], now: readonly Line[]): Difference | null {
  for (let index = 0; index < Math.max(first.length, now.length); index++) {
    const [before, after] = [first[index], now[index]];
    if (before?.of === after?.of && before?.text === after?.text) continue;
    const of = before?.of ?? after?.of ?? "";
    const textOf = (line: Line | undefined) => (line?.of === of ? line.text : "no verdict");
    return { of, first: textOf(before), now: textOf(after) };
  }
  return null;
}
