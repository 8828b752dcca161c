/**
 * npm run mutants prints the confusion table. Each clause has a row: how many mutants should fail it, how many fail exactly
 * that clause, and what the others do. The last row has the variants, which must all pass.
 * `npm run mutants fail.` grades only the cases whose clause or name contains the word. `-- --write` also writes the
 * page RESULTS.md.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../workbook/root.ts";
import { closePool, withSharedChildren } from "../../../workbook/run/memory/pool.ts";
import { gradeCase, keyOf, reds, type Mutant, type Variant } from "./cases.ts";
import { mutantsWith, variantsWith } from "./chosen.ts";

const word = process.argv.slice(2).find((argument) => !argument.startsWith("--")) ?? "";

interface Finding {
  readonly key: string;
  readonly clause: string;
  readonly seen: readonly string[];
  readonly details: readonly string[];
}

async function findingOf(one: Mutant | Variant, clause: string): Promise<Finding> {
  const key = keyOf(one);
  try {
    const run = await gradeCase(one, { heavy: clause === "ttl.gentle" });
    const failed = run.verdicts.filter(({ verdict }) => verdict === "fail");
    const details = failed.map((verdict) => `${verdict.clause}: expected ${verdict.expected}; seen ${verdict.seen}`);
    if (run.problem) details.push(`${run.problem.kind}: ${run.problem.message}`);
    const unsafe = failed.length === 0 && run.problem ? [`problem ${run.problem.kind}`] : [];
    return { key, clause, seen: [...reds(run), ...unsafe], details };
  } catch (error) {
    return { key, clause, seen: ["threw"], details: [String(error)] };
  }
}

function isRight({ clause, seen }: Finding): boolean {
  return clause === "" ? seen.length === 0 : seen.length === 1 && seen[0] === clause;
}

async function findAll(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const one of mutantsWith(word)) findings.push(await findingOf(one, one.clause));
  for (const one of variantsWith(word)) findings.push(await findingOf(one, ""));
  return findings;
}

const findings = await withSharedChildren(findAll);
closePool();

const rows: string[] = [];
const clauses = [...new Set(findings.map(({ clause }) => clause))];
console.log(`${"clause".padEnd(26)}${"right".padStart(7)}  others`);
for (const clause of clauses) {
  const own = findings.filter((finding) => finding.clause === clause);
  const others = own
    .filter((finding) => !isRight(finding))
    .map(({ key, seen }) => `${key}: ${seen.join(" + ") || "none"}`);
  const count = `${own.filter(isRight).length}/${own.length}`.padStart(7);
  console.log(`${(clause || "(variants)").padEnd(26)}${count}  ${others.join("; ")}`.trimEnd());
  const asMeant = own.filter(isRight).length;
  rows.push(`| ${clause || "(right variants)"} | ${own.length} | ${asMeant} | ${others.join("; ")} |`);
}
const wrong = findings.filter((finding) => !isRight(finding));
for (const { key, clause, details } of wrong)
  console.log(`\n${key}, meant for ${clause || "nothing"}\n  ${details.join("\n  ")}`);
console.log(`\n${findings.length - wrong.length} of ${findings.length} as meant`);
if (process.argv.includes("--write")) writeFileSync(path.join(root, "test/subjects/mutants/RESULTS.md"), report());
process.exitCode = wrong.length > 0 || findings.length === 0 ? 1 : 0;

/** The page RESULTS.md: the table, with the date of the run. */
function report(): string {
  const [wrongOnes, rightOnes] = [
    findings.filter(({ clause }) => clause !== ""),
    findings.filter(({ clause }) => clause === ""),
  ];
  return `# Verdicts for wrong and right implementations

Written by \`npm run mutants -- --write\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}. Each wrong
implementation is a right solution with one small mistake, and must fail exactly one clause (the files next to this one say
which). Each right one differs from the solution the way people differ (\`test/subjects/variants/\`), and must pass every
clause.

- wrong implementations that fail exactly the clause they should: **${wrongOnes.filter(isRight).length} of ${wrongOnes.length}**
- right implementations that pass every clause: **${rightOnes.filter(isRight).length} of ${rightOnes.length}**

| clause | cases | right | the others, and what they fail |
| --- | ---: | ---: | --- |
${rows.join("\n")}
`;
}
