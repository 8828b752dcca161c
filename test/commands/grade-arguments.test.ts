/** The flags of `grade` for a URL or a command, and the line that shows progress. */
import { describe, expect, test } from "vitest";
import { readArguments } from "../../workbook/commands/grade/arguments.ts";
import { progressLine, progressWords } from "../../workbook/commands/grade/progress.ts";

const url = "http://127.0.0.1:8080";

describe("wrong arguments are refused in a sentence:", () => {
  test.each<[string[], string]>([
    [["1", "--url", url], "Step 01 is graded by files only: npm run grade -- 1 --server a.ts --client b.ts"],
    [
      ["6", "--command", "python3 c.py"],
      "Step 06 is graded by files only: npm run grade -- 6 --server a.ts --client b.ts",
    ],
    [["all", "--url", url], "Say which step that is for: npm run grade -- 3 --url …"],
    [["3", "--url", url, "--command", "x"], "Grade one thing at a time: files, or --url, or --command."],
    [["3", "--url", url, "--client", "a.ts"], "Grade one thing at a time: files, or --url, or --command."],
    [["3", "--command", " "], 'Name the command that starts your client: --command "python3 client.py"'],
    [
      ["3", "--url", "127.0.0.1:8080"],
      `"127.0.0.1:8080" is no address of a server: write it with http:// and its port, such as ${url}`,
    ],
    [
      ["3", "--url", "ftp://127.0.0.1:8080"],
      `"ftp://127.0.0.1:8080" is no address of a server: write it with http:// and its port, such as ${url}`,
    ],
    [
      ["3", "--url", "http://"],
      `"http://" is no address of a server: write it with http:// and its port, such as ${url}`,
    ],
    [
      ["3", "--url", "notaurl"],
      `"notaurl" is no address of a server: write it with http:// and its port, such as http://notaurl:8080`,
    ],
    [
      ["3", "--url", `${url}/reports`],
      `Give the address without a path, for the grader adds /reports by itself: ${url}`,
    ],
    [["3", "--url", "http://me:secret@127.0.0.1:8080"], `A user name in the address is not sent along: write ${url}`],
    [
      ["3", "--url", url, "--timeout", "soon"],
      'The timeout is "soon": give the seconds that the server has for one answer, such as --timeout 30',
    ],
    [
      ["3", "--timeout", "5"],
      "--timeout is for a server at a URL: npm run grade -- 3 --url http://127.0.0.1:8080 --timeout 30",
    ],
  ])("%j", (args, says) => {
    expect(() => readArguments(args)).toThrow(expect.objectContaining({ name: "WrongCall", message: says }));
  });
});

test("a URL is graded by its origin, and shown as it was typed", () => {
  const { asked, answerMs, junit } = readArguments(["3", "--url", `${url}/`, "--timeout", "2.5", "--junit", "out.xml"]);
  expect(asked[0]).toMatchObject({ subject: { url }, given: { url: `${url}/` }, own: false });
  expect({ answerMs, junit }).toEqual({ answerMs: 2_500, junit: "out.xml" });
});

test("a command is kept as it was typed", () => {
  const { asked } = readArguments(["polling", "--command", "python3 client.py {url}"]);
  expect(asked[0]).toMatchObject({ subject: { command: "python3 client.py {url}" }, lesson: { slug: "03-polling" } });
});

test("the line names the clause under way and the time, in steps of five seconds", () => {
  expect(progressWords({ clause: "status.settled", elapsedMs: 39_200, aboutMs: 66_100 })).toBe(
    "  … status.settled, 39 s of about 70 s",
  );
});

test("the line is rewritten in place, only when it changes, and removed at the end", () => {
  const written: string[] = [];
  const out = { isTTY: true, columns: 30, write: (text: string) => written.push(text) };
  const line = progressLine(out, {});
  const clock = { clause: "status.settled", elapsedMs: 39_000, aboutMs: 70_000 };
  line?.onClock(clock);
  line?.onClock({ ...clock, elapsedMs: 39_100 });
  line?.end();
  expect(written).toEqual(["\r\u001b[K  … status.settled, 39 s of a", "\r\u001b[K"]);
});

test("a terminal of unknown width counts as 80 columns wide", () => {
  const written: string[] = [];
  const line = progressLine({ isTTY: true, columns: 0, write: (text: string) => written.push(text) }, {});
  line?.onClock({ clause: "status.settled", elapsedMs: 39_000, aboutMs: 70_000 });
  expect(written).toEqual(["\r\u001b[K  … status.settled, 39 s of about 70 s"]);
});

test("no line is written in a pipe, on CI, or on a dumb terminal", () => {
  const tty = { isTTY: true, write: () => undefined };
  expect(progressLine({ write: () => undefined }, {})).toBeNull();
  expect(progressLine(tty, { CI: "true" })).toBeNull();
  expect(progressLine(tty, { TERM: "dumb" })).toBeNull();
});
