/** The XML for CI systems. */
import { expect, test } from "vitest";
import { toJunit } from "../../workbook/report/junit.ts";
import { clauses, halfDone, passed, runOf, second, syntax } from "./sample.ts";

const subject = { url: "http://127.0.0.1:8080" };

test("a test is a clause; advice and what was not reached count as skipped", () => {
  const xml = toJunit([{ run: halfDone, subject }], clauses);
  const [failed, waiting] = ["fail", "not-reached"].map((is) =>
    halfDone.verdicts.filter(({ verdict }) => verdict === is),
  );
  const musts = failed?.filter(({ level }) => level === "must").length ?? 0;
  const skipped = (waiting?.length ?? 0) + (failed?.length ?? 0) - musts;
  expect(xml).toContain(
    `<testsuite name="02-accepted" tests="${halfDone.verdicts.length}" failures="${musts}" errors="0" skipped="${skipped}"`,
  );
  expect(xml.match(/<testcase /g)).toHaveLength(halfDone.verdicts.length);
  expect(xml).toContain('<failure type="accept.location"');
  expect(xml).toContain('<skipped message="not reached: accept.location comes first"/>');
  expect(xml).toContain('<property name="url" value="http://127.0.0.1:8080"/>');
});

test("a run that could not start is an error with the problem's message", () => {
  const xml = toJunit([{ run: runOf(second, { problem: syntax }), subject }], clauses);
  expect(xml).toContain('tests="1" failures="0" errors="1"');
  expect(xml).toContain('<error type="syntax"');
});

test("several runs are several suites, summed up at the top", () => {
  const xml = toJunit(
    [
      { run: passed, subject },
      { run: halfDone, subject },
    ],
    clauses,
  );
  expect(xml.match(/<testsuite /g)).toHaveLength(2);
  expect(xml).toContain(`<testsuites name="accepted" tests="${passed.verdicts.length + halfDone.verdicts.length}"`);
});

test("text from the learner's server can't break the document", () => {
  const [verdict, ...others] = halfDone.verdicts.filter(({ verdict }) => verdict === "fail");
  if (!verdict) throw new Error("The sample has no failed verdict.");
  const evil = { ...verdict, mark: null, seen: `</testsuite> & "\u0000\u001b[2J ]]>` };
  const xml = toJunit([{ run: { ...halfDone, verdicts: [evil, ...others] }, subject }], clauses);
  expect(xml).toContain('message="&lt;/testsuite&gt; &amp; &quot;\\0\\x1b[2J ]]&gt;"');
  expect(xml.match(/<\/testsuite>/g)).toHaveLength(1);
  // eslint-disable-next-line no-control-regex
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
});
