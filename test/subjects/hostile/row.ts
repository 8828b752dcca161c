/** A row of the table of hostile code: what the code does, what happens to it, and what the reader learns. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { places } from "../../../workbook/content/places.ts";
import type { ClauseId } from "../../../workbook/contract/model/clause.ts";
import type { ProblemKind, Side } from "../../../workbook/contract/model/recording.ts";
import { root } from "../../../workbook/root.ts";

/** What the run has to say. Absent fields are not checked. */
export interface Told {
  /** The problem; null: none. `at` is text on the line that it names. */
  readonly problem?: { readonly kind: ProblemKind; readonly says?: string; readonly at?: string } | null;
  /** Exactly these `must` clauses fail. [] without a problem: it passes. */
  readonly fails?: readonly ClauseId[];
  /** Part of the notice above the verdicts; null: no notice. */
  readonly notice?: string | null;
  /** Part of what the code printed. */
  readonly printed?: string;
}

/**
 * - `prevented`: it has no effect or is ended, and the verdicts are those of the rest of the code
 * - `told`: the code only harms itself, and the run says what went wrong
 * - `noticed`: it happens, and a notice above the verdicts says so
 * - `neither`: it happens, and nothing says so
 */
export type Standing = "prevented" | "told" | "noticed" | "neither";

export interface Row {
  /** What the code does, as in the table. Unique. */
  readonly name: string;
  readonly side: Side;
  readonly source: string;
  readonly told: Told;
  readonly standing: Standing;
  /** What happens, as in the table. */
  readonly happens: string;
}

/** A right server of exercise 02 with code added: `top` at the top, `handler` in each POST, `work` in each job. */
export function server({ top = "", handler = "", work = "", end = "export default app;" } = {}): string {
  return solution("server")
    .replace("export default app;", () => end)
    .replace(`app.post("/reports", async (c) => {`, (line) => `${line}\n${handler}`)
    .replace("await wait(workMs[kind]);", (line) => `${work}\n${line}`)
    .replace(/^/, () => `${top}\n`);
}

/** A right client of exercise 02 with code added: `top` at the top, `before` and `after` around each call's work. */
export function client({ top = "", before = "", after = "" } = {}): string {
  return solution("client")
    .replace("const { timeoutMs } = options;", (line) => `${line}\n${before}`)
    .replace("return await pollReport(statusUrl, deadline);", (line) =>
      after === "" ? line : `const report = await pollReport(statusUrl, deadline);\n${after}\nreturn report;`,
    )
    .replace(/^/, () => `${top}\n`);
}

function solution(side: Side): string {
  const text = readFileSync(places("02-accepted").solution(`${side}.ts`), "utf8");
  return text.replace("../../lessons/", `${root.replaceAll(path.sep, "/")}/lessons/`);
}
