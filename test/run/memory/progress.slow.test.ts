/** Verdicts shown while a grading goes on are those of its end. */
import { afterAll, expect, test } from "vitest";
import { clauses } from "../../../workbook/contract/clauses/all.ts";
import type { Verdict } from "../../../workbook/contract/model/clause.ts";
import { closePool, withSharedChildren } from "../../../workbook/run/memory/pool.ts";
import { mutants } from "../../subjects/mutants/all.ts";
import { gradeCase, keyOf, type Mutant } from "../../subjects/mutants/cases.ts";

afterAll(() => closePool());

/** The last mutant of each clause, as the first ones are the plainest. ttl.gentle needs a full grading. */
const chosen = clauses.flatMap(({ id }) =>
  id === "ttl.gentle" ? [] : (mutants.findLast(({ clause }) => clause === id) ?? []),
);

/** A problem is attributed to a clause only when everything is played. */
const words = ({ clause, verdict, blockedBy, expected, seen }: Verdict) =>
  JSON.stringify({ clause, verdict, blockedBy, expected, seen });

async function early(one: Mutant): Promise<string[]> {
  const partial = new Set<string>();
  const onProgress = (verdicts: readonly Verdict[]) => verdicts.forEach((verdict) => partial.add(words(verdict)));
  const run = await gradeCase(one, { first: [one.clause], onProgress });
  if (run.problem !== null) return [];
  const last = new Set(run.verdicts.map(words));
  return [...partial].filter((verdict) => !last.has(verdict)).map((verdict) => `${keyOf(one)}: ${verdict}`);
}

test("every verdict that is shown early is a verdict of the end", { timeout: 120_000 }, async () => {
  const wrong: string[] = [];
  await withSharedChildren(async () => {
    for (const one of chosen) wrong.push(...(await early(one)));
  });
  expect(chosen.length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});
