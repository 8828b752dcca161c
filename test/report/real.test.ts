/** A grading on the real clock, on a terminal and in a pipe. */
import { expect, test } from "vitest";
import { plain } from "../../workbook/report/plain.ts";
import { render } from "../../workbook/terminal/render.ts";
import { halfDone, second, stepOf } from "./sample.ts";
import { views } from "../terminal/views.ts";

const size = { columns: 80, rows: Infinity, colour: false, unicode: true };
const subject = { url: "http://127.0.0.1:8080" };
const served = {
  ...halfDone,
  subject,
  elapsedMs: 68_400,
  verdicts: halfDone.verdicts.filter(({ side }) => side === "server"),
};

test("a terminal shows the server's verdicts, the first that fails in full, and what is not graded", () => {
  const view = views["at a URL"];
  expect(view && `\n${render(view, size)}\n`).toMatchInlineSnapshot(`
    "
      02  Accepted, graded at http://127.0.0.1:8080         real clock, about 70 s

      POST /reports is answered 404. Is this the address of your server?

      ✓ accept.prompt  accept.status  accept.body  accept.unique
      ✗ accept.location        Location: /reports, which answers 404
      ○ status.processing  status.completed  status.result  accept.starts
        status.unknown  status.isolated  status.settled  status.safe: wait for
        accept.location

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

      The client's clauses are not graded: this subject is a server.
      3 requests in 68.4 s. Exit code 1.

      next    mend what is open and run the same line again
    "
  `);
});

test("a server that cannot be reached is one sentence, and what to do", () => {
  const view = views["unreachable"];
  expect(view && `\n${render(view, size)}\n`).toMatchInlineSnapshot(`
    "
      03  Polling, graded at http://127.0.0.1:8080

      ✗ Nothing answers at http://127.0.0.1:8080 (connection refused)

      Start your server, then run the same line again.

      next    mend that, then run the same line again
    "
  `);
});

test("a pipe gets the address, the clock, and the number of requests", () => {
  const text = plain(stepOf(second, served), {});
  expect(text).toContain("\n\nserver       http://127.0.0.1:8080\nclock        real clock, about 70 s\n\n");
  expect(text).toMatch(
    /\n\nThe client's clauses are not graded: this subject is a server\.\n\d+ requests in 68\.4 s\. Seed 1, exit code 1\.$/,
  );
  expect(text).not.toContain("exercises/");
});

test("a pipe gets the reason why a server could not be graded", () => {
  const { run } = views["unreachable"] as Extract<(typeof views)[string], { is: "subject" }>;
  expect(plain(stepOf(second, run), {})).toBe(
    [
      "accepted 02-accepted: NOT RUN, unreachable",
      "",
      "server       http://127.0.0.1:8080",
      "",
      "PROBLEM Nothing answers at http://127.0.0.1:8080 (connection refused).",
      "  to do     Start your server, then run the same line again.",
      "",
      "seed 1, elapsed 23 ms, exit 3",
    ].join("\n"),
  );
});
