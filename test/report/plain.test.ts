/** The plain text of a step. */
import { describe, expect, test } from "vitest";
import { plain } from "../../workbook/report/plain.ts";
import {
  clauses,
  halfDone,
  hasty,
  loop,
  loopFrame,
  passed,
  runOf,
  second,
  stepOf,
  syntax,
  syntaxFrame,
  third,
  verdictsOf,
} from "./sample.ts";
import { views } from "../terminal/views.ts";

describe("plain text", () => {
  test("begins with the outcome, then has a line for each verdict, and failed clauses in full", () => {
    expect(`\n${plain(stepOf(third, hasty))}\n`).toMatchInlineSnapshot(`
      "
      accepted 03-polling: FAILED, 3 of 6 pass, 1 fails, 2 not reached

      pass         retry-after.present
      pass         retry-after.valid
      pass         retry-after.useful
      FAIL         client.waits
      not reached  client.not-late (client.waits comes first)
      not reached  client.adapts (client.waits comes first)
      advice       retry-after.on-accept: the 202 has no Retry-After
      not reached  client.long-wait (advice; client.waits comes first)
      kept         17 clauses of 01 and 02: pass

      FAIL client.waits: after a processing answer it sends nothing for at least
      Retry-After.
        expected  no request before 8.6 s
        seen      GET /reports/r-41 at 2.6 s, 6.0 s too early
           0.0 s  POST /reports {"genre":"poetry"}
           0.8 s      -> 202 location: /reports/r-41
           0.8 s  GET /reports/r-41
           1.6 s      -> 200 processing, retry-after: 7
           2.6 s  GET /reports/r-41                             <- here
        why       A thousand clients that ask seven times as often send six thousand
                  requests in seven seconds that learn nothing new.
        printed meanwhile
           1.6 s  client  waiting
        file      exercises/03-polling/client.ts
        hint      npm run lesson 3 hint

      seed 1, elapsed 38 ms, exit 1
      "
    `);
  });

  test("says of a passed step that it passed, and exits with 0", () => {
    const lines = plain(stepOf(second, passed)).split("\n");
    expect(lines[0]).toBe("accepted 02-accepted: PASSED, 14 of 14 pass");
    expect(lines.at(-1)).toBe("seed 1, elapsed 22 ms, exit 0");
  });

  test("ends with the seed that its values come from", () => {
    const lines = plain(stepOf(third, { ...hasty, seed: 7 })).split("\n");
    expect(lines.at(-1)).toBe("seed 7, elapsed 38 ms, exit 1");
  });

  test("says what keeps a file from being run, with its lines, and exits with 3", () => {
    const run = runOf(second, { problem: syntax });
    const now = { is: "run", run, at: "", frame: syntaxFrame, last: null } as const;
    expect(`\n${plain(stepOf(second, run, { now }))}\n`).toMatchInlineSnapshot(`
      "
      accepted 02-accepted: NOT RUN, syntax in server.ts, line 17

      PROBLEM server.ts, line 17, column 34: expected ")" but found "}".
        file      exercises/02-accepted/server.ts, line 17
          15 |   app.post("/reports", async (c) => {
          16 |     const id = crypto.randomUUID();
        > 17 |     jobs.set(id, { at: Date.now( });
             |                                  ^
          18 |     return c.json({ id }, 202);

      seed 1, elapsed 23 ms, exit 3
      "
    `);
  });

  test("grades the side that can be run, and still exits with 3", () => {
    const server = verdictsOf(third, {}).filter((verdict) => verdict.side === "server");
    const run = runOf(third, { problem: loop, verdicts: server });
    const text = plain(stepOf(third, run, { now: { is: "run", run, at: "", frame: loopFrame, last: null } }));
    expect(text).toContain("NOT RUN, loop in client.ts, line 12");
    expect(text).toContain("pass         retry-after.present");
    expect(text).toContain("  > 12 |   while (!ready) {}");
    expect(text.split("\n").at(-1)).toBe("seed 1, elapsed 23 ms, exit 3");
  });

  test("names other files at the top and in each failed clause, and gives no hint for them", () => {
    const text = plain(stepOf(third, hasty), { server: "a.ts", client: "handed/in.ts" });
    expect(text).toContain("\n\nserver       a.ts\nclient       handed/in.ts\n\n");
    expect(text).toContain("  file      handed/in.ts\n");
    expect(text).not.toContain("hint");
  });

  test("counts a failed clause of an earlier step separately", () => {
    const verdicts = halfDone.verdicts.map((each) => {
      if (each.clause === "client.deadline")
        return { ...each, verdict: "fail" as const, expected: "an end", seen: "none" };
      return { ...each, verdict: "pass" as const, blockedBy: null };
    });
    const text = plain(stepOf(second, { ...halfDone, verdicts }));
    expect(text.split("\n")[0]).toBe("accepted 02-accepted: FAILED, 14 of 14 pass, 1 kept fails");
    expect(text).toContain("FAIL         client.deadline\nkept         2 clauses of 01: pass");
    expect(text).toContain("  file      exercises/02-accepted/client.ts");
  });

  test("is ASCII beyond the learner's own text, at most 78 wide, and has no control character", () => {
    const text = Object.values(views).flatMap((view) => (view.is === "step" ? plain(view).split("\n") : []));
    expect(text.length).toBeGreaterThan(50);
    expect(text.filter((line) => line.length > 78)).toEqual([]);
    expect(text.filter((line) => !/^[ -~]*$/.test(line))).toEqual([]);
  });

  test("explains every clause that fails", () => {
    const verdicts = hasty.verdicts.map((each) =>
      each.clause === "retry-after.valid" ? { ...each, verdict: "fail" as const, seen: "5s" } : each,
    );
    const text = plain({ ...stepOf(third, { ...hasty, verdicts }), clauses });
    expect(text).toContain("FAIL retry-after.valid: ");
    expect(text).toContain("FAIL client.waits: ");
  });
});
