/** The screens, drawn in full. */
import { describe, expect, test } from "vitest";
import { positionIn } from "../../workbook/terminal/position.ts";
import { render } from "../../workbook/terminal/render.ts";
import type { Size } from "../../workbook/terminal/size.ts";
import type { View } from "../../workbook/session/view.ts";
import { hasty, second, stepOf, third } from "../report/sample.ts";
import { positions, views } from "./views.ts";

const wide: Size = { columns: 80, rows: 40, colour: false, unicode: true };

function shown(name: string, size: Partial<Size> = {}): string {
  const view = views[name];
  if (!view) throw new Error(`There is no view ${name}.`);
  return `\n${render(view, { ...wide, ...size }, { ...positionIn(view), ...positions[name] })}\n`;
}

describe("at 80 columns", () => {
  test("a step in which nothing is done has its first clause open and the others as counts", () => {
    expect(shown("nothing done")).toMatchInlineSnapshot(`
      "
        02  Accepted, part 1 of 4                    0 of 14      14:06:30, in 21 ms

        Accept  ✗ accept.prompt      the answer comes before the work is done
                ○ 3 more wait for it
        later   ○ Status 5, Many 4, Client 1
        kept    ✓ 3 clauses of step 01

        ✗ accept.prompt                                                 server, must
          The answer comes before the work is done.

          expected   an answer within 1.0 s
          seen       200 OK after 5.0 s, when the report was made

             0.0 s   POST /reports ────────────────▶   {"genre":"poetry"}
             5.0 s ✗ ◀────────────────────── 200 OK    {"id":"r-41","status":"compl…

          why   Who waits for the work cannot tell, when the line drops, whether it
                was done. With 202 the client knows at once: taken on, not done.
                (the course)

        next    edit exercises/02-accepted/server.ts and save, or press h for a hint

        h hint   t text   l list   ? all keys   q quit
      "
    `);
  });

  test("a step half done shows what passes, the marked header and the exchange that explains it", () => {
    expect(shown("half done")).toMatchInlineSnapshot(`
      "
        02  Accepted, part 1 of 4                    4 of 14      14:06:30, in 23 ms

        Accept  ✓ accept.prompt  accept.status  accept.body
                ✗ accept.location    Location leads to this job's status
        later   ○ Status 5, Many 4 (1 passes), Client 1
        kept    ✓ 3 clauses of step 01

        ✗ accept.location                                               server, must
          Location leads to this job's status.

          expected   GET on the Location answers JSON with id "r-41"
          seen       Location: /reports, which answers 404

             0.0 s   POST /reports ────────────────▶   {"genre":"poetry"}
                     ◀──────────────── 202 Accepted    {"id":"r-41","status":"proce…
                   ✗                                   location: /reports
             0.0 s   GET /reports ─────────────────▶
                     ◀─────────────── 404 Not Found    404 Not Found

          why   The client has an id, but only the server knows its own addresses.
                (a convention; its syntax: RFC 9110, section 10.2.2)

        next    edit exercises/02-accepted/server.ts and save, or press h for a hint

        h hint   t text   l list   ? all keys   q quit
      "
    `);
  });

  test("a client's failed clause is drawn with the gist of each response, and with what it printed", () => {
    expect(shown("client too early")).toMatchInlineSnapshot(`
      "
        03  Polling, part 2 of 2                      3 of 6      14:06:30, in 38 ms

        done    ✓ Say when 3
        Wait    ✗ client.waits       after a processing answer it sends nothing for…
                ○ 2 more wait for it
        kept    ✓ 17 clauses of steps 01 and 02

        ✗ client.waits                                                  client, must
          After a processing answer it sends nothing for at least Retry-After.

          expected   no request before 8.6 s
          seen       GET /reports/r-41 at 2.6 s, 6.0 s too early

             0.0 s   POST /reports ────────────────▶   {"genre":"poetry"}
             0.8 s   ◀──────────────── 202 Accepted    location: /reports/r-41
             0.8 s   GET /reports/r-41 ────────────▶
             1.6 s   ◀────────────────────── 200 OK    processing, retry-after: 7
             2.6 s ✗ GET /reports/r-41 ────────────▶

          why   A thousand clients that ask seven times as often send six thousand
                requests in seven seconds that learn nothing new.
                (the course)

          printed meanwhile
             1.6 s   client  waiting

        next    edit exercises/03-polling/client.ts and save, or press h for a hint

        h hint   t text   l list   p printed   ? all keys   q quit
      "
    `);
  });

  test("a file that can't be parsed replaces the open clause, below the verdicts of the run before", () => {
    expect(shown("syntax")).toMatchInlineSnapshot(`
      "
        02  Accepted, part 1 of 4                              4 of 14      14:06:30

        Accept  ✓ accept.prompt  accept.status  accept.body
                ✗ accept.location    Location leads to this job's status
        later   ○ Status 5, Many 4 (1 passes), Client 1
        kept    ✓ 3 clauses of step 01

        ✗ server.ts, line 17, column 34: expected ")" but found "}"         14:07:12

            15 │   app.post("/reports", async (c) => {
            16 │     const id = crypto.randomUUID();
          ▶ 17 │     jobs.set(id, { at: Date.now( });
               │                                  ^
            18 │     return c.json({ id }, 202);

        next    mend line 17 and save

        t text   l list   ? all keys   q quit
      "
    `);
  });

  test("a loop before the first verdict stands alone, with its line", () => {
    expect(shown("loop")).toMatchInlineSnapshot(`
      "
        03  Polling                               not graded      14:22:40, in 1.0 s

        ✗ client.ts never gives the turn back

          exercises/03-polling/client.ts, line 12, was still running after 1 s.

            11 │   let ready = false;
          ▶ 12 │   while (!ready) {}
            13 │   const accepted = await fetch(new URL("/reports", baseUrl), {

        A loop without an await lets nothing else run: put an await in it (fetch, or
        a wait).

        next    put an await in the loop (fetch, or a wait), and save

        t text   l list   ? all keys   q quit
      "
    `);
  });

  test("a passed step shows its exchange, an open question and the next step", () => {
    expect(shown("passed")).toMatchInlineSnapshot(`
      "
        02  Accepted                                14 of 14      14:06:30, in 22 ms

        Accept  ✓ 4 clauses
        Status  ✓ 5 clauses
        Many    ✓ 4 clauses
        Client  ✓ client.returns
        kept    ✓ 3 clauses of step 01

        Your server answers before the work is done
             0.0 s   POST /reports ────────────────▶
                     ◀──────────────── 202 Accepted    location: /reports/r-41
             4.2 s   GET /reports/r-41 ────────────▶
                     ◀────────────────────── 200 OK    processing
            10.5 s   GET /reports/r-41 ────────────▶
                     ◀────────────────────── 200 OK    completed, 212 books

        Passed. One question is open (press z): why does the 202 have a Location
        header, when the body has the id?

        next    press n for 03, Polling: when may the client ask again?

        n next   z quiz   s compare with the solution   l list   q quit
      "
    `);
  });

  test("the first start says what to read, where to edit and how to begin", () => {
    expect(shown("welcome")).toMatchInlineSnapshot(`
      "
        Accepted, the 202 workbook                                     0 of 3 passed

        Some work takes longer than a request should. Here you build the whole
        answer to that, a server and a client, one clause at a time. Edit in your
        own editor; each save is graded at once, and you see what went over the
        wire.

        01  Not everything is instant                              6 minutes, 1 file

        text    lessons/01-not-everything-is-instant/lesson.md            or press t
        files   exercises/01-not-everything-is-instant/                not there yet

        next    press enter: the starter is copied there and watched

        enter start   t text   l list   ? all keys   q quit
      "
    `);
  });

  test("the list has a line for each step", () => {
    expect(shown("list")).toMatchInlineSnapshot(`
      "
        Accepted, the 202 workbook                                     1 of 3 passed

        ✓ 01  Not everything is instant      3 of 3
        ▸ 02  Accepted                       4 of 14   ✗ accept.location
      > ○ 03  Polling                        6 clauses

        next    press enter to open 03, esc to go back

        up, down choose   enter open   esc back   q quit
      "
    `);
  });

  test("a wrong answer is marked beside the right one and explained", () => {
    expect(shown("wrong answer")).toMatchInlineSnapshot(`
      "
        02  Accepted                                                 question 1 of 1

        Why does the 202 have a Location header, when the body has the id?

          a  So that the browser goes there by itself.
        ✓ b  So that the client needs no rule for building the address.
        ✗ c  Because 202 is a redirect.                                  your answer

        202 is no redirect: only 3xx makes a client move. Location tells where the
        status is, so the server may change its addresses and no client breaks.

        next    press a, b or c to try again, enter to go back, or esc

        enter go on   esc back
      "
    `);
  });

  test("the solution is a diff of one part", () => {
    expect(shown("solution")).toMatchInlineSnapshot(`
      "
        solutions/03-polling/client.ts against yours                    1 of 2 parts

            20 │   if (job.status === "completed") return job.result;
          - 21 │   await sleep(1_000);
          + 21 │   await sleep(retryAfterMs(response.headers), { signal });
            22 │ }

        client.waits is open. Your file is not touched.

        next    type it yourself; then read part 2 of 2 with the right arrow

        left, right parts   esc back
      "
    `);
  });

  test("another right way says when to choose it, and shows its difference to the solution", () => {
    expect(shown("other ways", { rows: 24 })).toMatchInlineSnapshot(`
      "
        A wait with jitter                                                way 1 of 2

        Choose it when many clients order at the same moment: all are told the same
        wait, and would come back in the same instant.

        against solutions/03-polling/client.ts
            20 │   if (job.status === "completed") return job.result;
          - 21 │   await sleep(1_000);
          + 21 │   await sleep(retryAfterMs(response.headers), { signal });
            22 │ }

            20 │   if (job.status === "completed") return job.result;
          - 21 │   await sleep(1_000);
          + 21 │   await sleep(retryAfterMs(response.headers), { signal });
            22 │ }

        next    read way 2 of 2 with the right arrow

        left, right pages   esc back
      "
    `);
  });

  test("a passed step offers its other right ways, with the key that shows them", () => {
    const text = shown("passed, with other ways");
    expect(text).toContain(
      "  Other right ways (press w): a wait with jitter; a generator that tells every\n  status.\n",
    );
    expect(text).toContain("s compare with the solution   w ways   l list   q quit");
  });

  test("a step that has none offers none", () => {
    expect(shown("passed")).not.toMatch(/other right ways|w ways/i);
  });

  test("printed once, a passed step names the command that shows them", () => {
    const view = views["passed, with other ways"];
    if (!view) throw new Error("The sample has no such view.");
    expect(render({ ...view, live: false }, wide)).toContain("Other right ways (npm run lesson 3 ways): a wait");
  });
});

describe("with less room", () => {
  test("under 50 columns marks and ids stand alone, and nothing is drawn", () => {
    expect(shown("half done", { columns: 49 })).toMatchInlineSnapshot(`
      "
        02  Accepted, part 1 of 4             4 of 14

        Accept  ✓ accept.prompt  accept.status
                  accept.body
                ✗ accept.location
        later   ○ Status 5, Many 4 (1 passes), Client
                  1
        kept    ✓ 3 clauses of step 01

        ✗ accept.location
          Location leads to this job's status.

          expected GET on the Location answers JSON
                   with id "r-41"
          seen     Location: /reports, which answers
                   404

          why   The client has an id, but only the
                server knows its own addresses.

        next    edit exercises/02-accepted/server.ts
                and save, or press h for a hint

        h hint   t text   l list   ? all keys
        q quit
      "
    `);
  });

  test("on 20 rows the list shrinks to counts and the open clause stays", () => {
    expect(shown("half done", { rows: 20 })).toMatchInlineSnapshot(`
      "
        02  Accepted, part 1 of 4                    4 of 14      14:06:30, in 23 ms

        ✓ 4  ✗ 1  ○ 9

        ✗ accept.location                                               server, must
          Location leads to this job's status.

          expected   GET on the Location answers JSON with id "r-41"
          seen       Location: /reports, which answers 404

             0.0 s   POST /reports ────────────────▶   {"genre":"poetry"}
                     ◀──────────────── 202 Accepted    {"id":"r-41","status":"proce…
                   ✗                                   location: /reports
             0.0 s   GET /reports ─────────────────▶
                     ◀─────────────── 404 Not Found    404 Not Found

        next    edit exercises/02-accepted/server.ts and save, or press h for a hint

        h hint   t text   l list   ? all keys   q quit
      "
    `);
  });

  test("between 50 and 79 columns a long sentence has its id underneath, and times and levels go", () => {
    const text = shown("client too early", { columns: 60 });
    expect(text).toContain(
      "✗ After a processing answer it sends nothing\n            for at least Retry-After.\n            client.waits\n",
    );
    expect(text).not.toMatch(/14:06:30|client, must/);
  });

  test("without UTF-8 marks and arrows are ASCII", () => {
    const text = shown("half done", { unicode: false });
    expect(text).toContain("  x accept.location ");
    expect(text).toContain("Accept  + accept.prompt");
    expect(text).toContain("POST /reports ---------------->   ");
    expect(text).toContain("<---------------- 202 Accepted");
  });
});

describe("colour", () => {
  const coloured = (view: View | undefined) => (view ? render(view, { ...wide, colour: true }) : "");

  test("only what fails is red and bold", () => {
    const red = coloured(views["half done"])
      .split("\x1b[1;31m")
      .slice(1)
      .map((rest) => rest.split("\x1b[0m")[0]);
    expect(red).toEqual(["✗", "✗ accept.location", "Location: /reports, which answers 404", "✗", "location: /reports"]);
  });

  test("a passed step has green marks and no red", () => {
    const text = coloured(views["passed"]);
    expect(text).toContain("\x1b[32m✓\x1b[0m");
    expect(text).toContain("\x1b[32mPassed\x1b[0m");
    expect(text).not.toContain("31m");
  });

  test("verdicts of an earlier run are dim, all of them", () => {
    const [, list = ""] = coloured(views["syntax"]).split("\n\n");
    expect(list).toContain("accept.location");
    expect(list.replaceAll("\x1b[2m", "").replaceAll("\x1b[0m", "")).not.toContain("\x1b");
  });
});

describe("the parts", () => {
  test("before the one under work are done only if they pass as a whole", () => {
    const server = hasty.verdicts.filter((each) => each.side === "client");
    const text = render(stepOf(third, { ...hasty, verdicts: server }), wide);
    expect(text).not.toContain("done");
    expect(text).toContain("  later   ○ Say when 3\n");
  });

  test("with a long title have it on a line of its own", () => {
    const parts = third.parts.map((part) => ({ ...part, title: `Trouble while ${part.title}` }));
    const text = render(stepOf({ ...third, parts }, hasty), wide);
    expect(text).toContain("  Trouble while Wait\n          ✗ client.waits");
  });
});

describe("the next step", () => {
  test("names the learner's file of the side that fails", () => {
    expect(shown("half done")).toContain("  next    edit exercises/02-accepted/server.ts and save");
    expect(shown("client too early")).toContain("  next    edit exercises/03-polling/client.ts and save");
  });

  test("offers no key if it is printed once", () => {
    const text = render({ ...stepOf(third, hasty), live: false }, wide);
    expect(text).toContain("then npm run lesson 3; a hint:");
    expect(text).not.toMatch(/press|q quit/);
  });

  test("says that the hints are used up", () => {
    const text = render(stepOf(third, hasty, { hints: { "client.waits": 3 } }), wide);
    expect(text).toContain("and save; h: all hints");
  });
});

describe("what else is shown", () => {
  test("advice that is not followed is shown on the passed screen", () => {
    const verdicts = hasty.verdicts.map((each) =>
      each.level === "must" ? { ...each, verdict: "pass" as const } : each,
    );
    const text = render(stepOf(third, { ...hasty, passed: true, verdicts }), wide);
    expect(text).toContain("  ◇ retry-after.on-accept  the 202 has no Retry-After");
    expect(text).toContain("6 of 6");
  });

  test("at most three remarks of the type checker, and a count", () => {
    const text = shown("noisy", { rows: Infinity });
    expect(text.match(/: Type 'string'/g)).toHaveLength(3);
    expect(text).toContain("and 2 more");
  });

  test("the last 20 printed lines of the scenario in question, and how many came before", () => {
    const text = shown("noisy", { rows: Infinity });
    expect(text.match(/ server {2}line \d+/g)).toHaveLength(20);
    expect(text).toContain("printed meanwhile, after 30 lines more: press p");
    expect(text).toContain("line 49 \\x1b[2J\\r\\u202e");
  });

  test("nothing that was printed in another scenario", () => {
    const output = [{ from: "server", atMs: 0, scenario: "S4", text: "elsewhere" }] as const;
    expect(render(stepOf(second, { ...hasty, exercise: second.slug, output }), wide)).not.toContain("elsewhere");
  });
});
