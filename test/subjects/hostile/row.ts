/** One row of the table of hostile code: what it does, what happens to it, and how that is told. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { places } from "../../../workbook/content/catalogue.ts";
import type { ClauseId } from "../../../workbook/contract/model/clause.ts";
import type { ProblemKind, Side } from "../../../workbook/contract/model/recording.ts";
import { root } from "../../../workbook/root.ts";

/** What has to be told of it. What is left out is not looked at. */
export interface Told {
  /** Of the problem; null: there is none. `at` is text of the line that it names. */
  readonly problem?: { readonly kind: ProblemKind; readonly says?: string; readonly at?: string } | null;
  /** Exactly these `must` clauses fail; [] and no problem: it passes. */
  readonly fails?: readonly ClauseId[];
  /** Is said above the verdicts; null: nothing is. */
  readonly notice?: string | null;
  /** Is among what the code printed. */
  readonly printed?: string;
}

/**
 * - `prevented`: it reaches nothing, or ends, and the verdicts are those of the rest of the code
 * - `told`: the code is its own victim; the reader is told what went wrong
 * - `noticed`: it is not kept from happening, but it is said above the verdicts
 * - `neither`: it happens, and nobody says so
 */
export type Standing = "prevented" | "told" | "noticed" | "neither";

export interface Row {
  /** Unique; what the code does, as the table says it. */
  readonly name: string;
  readonly side: Side;
  readonly source: string;
  readonly told: Told;
  readonly standing: Standing;
  /** What happens, as the table says it. */
  readonly happens: string;
}

/** Right for exercise 02. What is put in: `top` before all else, `handler` into each POST, `work` into each job's work. */
export function server({ top = "", handler = "", work = "", end = "export default app;" } = {}): string {
  return solution("server")
    .replace("export default app;", () => end)
    .replace(`app.post("/reports", async (c) => {`, (line) => `${line}\n${handler}`)
    .replace("await wait(workMs[kind]);", (line) => `${work}\n${line}`)
    .replace(/^/, () => `${top}\n`);
}

/** Right for exercise 02. What is put in: `top` before all else, `before` at the start of each call, `after` before it returns. */
export function client({ top = "", before = "", after = "" } = {}): string {
  return solution("client")
    .replace("const { timeoutMs } = options;", (line) => `${line}\n${before}`)
    .replace("return await pollReport(statusUrl, deadline);", (line) =>
      after === "" ? line : `const report = await pollReport(statusUrl, deadline);\n${after}\nreturn report;`,
    )
    .replace(/^/, () => `${top}\n`);
}

function solution(side: Side): string {
  const text = readFileSync(places("02-accepted").solution(side), "utf8");
  return text.replace("../../lessons/", `${root.replaceAll(path.sep, "/")}/lessons/`);
}
