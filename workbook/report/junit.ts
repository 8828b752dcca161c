/** Runs as JUnit XML, which CI systems show. An exercise is a suite, a clause is a test. */
import type { Clause, Verdict } from "../contract/model/clause.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { plainVerdict } from "./plain-parts.ts";
import { blocking } from "./summary.ts";
import { escaped, learners } from "./text.ts";

export interface JunitRun {
  readonly run: Run;
  /** With paths as the caller typed them. */
  readonly subject: Subject;
}

/** A whole document. Advice that isn't followed and clauses that weren't reached count as skipped. */
export function toJunit(runs: readonly JunitRun[], clauses: readonly Clause[]): string {
  const suites = runs.map((each) => suite(each, clauses));
  const time = seconds(runs.reduce((ms, { run }) => ms + run.elapsedMs, 0));
  const attributes = { name: "accepted", ...counts(suites.flatMap(({ tests }) => tests)), time };
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...element("testsuites", attributes, suites.map(({ xml }) => xml).flat()),
  ];
  return `${lines.join("\n")}\n`;
}

interface Test {
  readonly is: "passed" | "failed" | "error" | "skipped";
  readonly xml: readonly string[];
}

function suite({ run, subject }: JunitRun, clauses: readonly Clause[]): { tests: Test[]; xml: string[] } {
  const problem = blocking(run);
  const name = run.exercise;
  const tests = run.verdicts.map((verdict) => test(run, verdict, clauses));
  if (problem) {
    const error = element("error", { type: problem.kind, message: problem.message });
    tests.push({
      is: "error",
      xml: element("testcase", { classname: name, name: `${problem.side ?? "the subject"} can be run` }, error),
    });
  }
  const properties = element("properties", {}, [
    ...element("property", { name: "seed", value: String(run.seed) }),
    ...Object.entries(subject).flatMap(([key, value]) => element("property", { name: key, value: String(value) })),
  ]);
  const attributes = { name, ...counts(tests), time: seconds(run.elapsedMs) };
  return { tests, xml: element("testsuite", attributes, [...properties, ...tests.flatMap(({ xml }) => xml)]) };
}

function test(run: Run, verdict: Verdict, clauses: readonly Clause[]): Test {
  const clause = clauses.find(({ id }) => id === verdict.clause);
  const name = clause ? `${clause.id}: ${clause.sentence}` : verdict.clause;
  const is = kindOf(verdict);
  const about = {
    passed: [],
    error: [],
    failed: element("failure", { type: verdict.clause, message: learners(verdict.seen ?? "") }, [
      text((clause ? plainVerdict(run, verdict, clause) : []).join("\n")),
    ]),
    skipped: element("skipped", { message: whySkipped(verdict) }),
  }[is];
  return { is, xml: element("testcase", { classname: `${run.exercise}.${verdict.side}`, name }, about) };
}

function kindOf({ verdict, level }: Verdict): Exclude<Test["is"], "error"> {
  if (verdict === "pass") return "passed";
  return verdict === "fail" && level === "must" ? "failed" : "skipped";
}

function whySkipped({ verdict, seen, blockedBy }: Verdict): string {
  return verdict === "fail"
    ? `advice: ${learners(seen ?? "not followed")}`
    : `not reached: ${blockedBy ?? "another clause"} comes first`;
}

function counts(tests: readonly Test[]) {
  const count = (is: Test["is"]) => String(tests.filter((each) => each.is === is).length);
  return { tests: String(tests.length), failures: count("failed"), errors: count("error"), skipped: count("skipped") };
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[] = [],
): string[] {
  const head = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${text(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;")}"`,
  );
  if (children.length === 0) return [`<${name}${head.join("")}/>`];
  return [`<${name}${head.join("")}>`, ...children, `</${name}>`];
}

/** Escapes for XML. XML 1.0 can't express most control characters, so they become \x1b and the like. */
function text(value: string): string {
  const lines = value.split("\n").map(escaped).join("\n");
  return lines.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
