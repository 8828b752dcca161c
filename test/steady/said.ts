/** The result of a grading as text. Two gradings gave the same result only if every byte is the same. */
import { toJson } from "../../workbook/report/json.ts";
import type { Run } from "../../workbook/contract/model/run.ts";

/** A verdict, or another part of the result. */
export interface Line {
  /** The clause, or "the outcome" (passed, problem). */
  readonly of: string;
  readonly text: string;
}

/** How two gradings of one subject differ. */
export interface Difference {
  /** The first line that differs, as it was in the first grading and in this one. */
  readonly of: string;
  readonly first: string;
  readonly now: string;
}

/** Everything in the result: each verdict with its exchange, in the order of the contract, then the outcome. */
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

/** The result of a grading that threw. */
export function saidByError(error: unknown): readonly Line[] {
  return [{ of: "the grading itself", text: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
}

/** @returns null when both are the same */
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
