/** Programs that are started: what is read from them, and that nothing of them stays behind. */
import { describe, expect, test } from "vitest";
import { isNotFound, startProgram } from "../../../workbook/run/http/program.ts";
import { errorFromStderr } from "../../../workbook/run/http/stderr-error.ts";
import { isRunning } from "../running.ts";

const node = JSON.stringify(process.execPath);

function start(script: string, onText: (text: string) => void = () => undefined) {
  const env = { SCRIPT: script };
  return startProgram({ command: `${node} -e "eval(process.env.SCRIPT)"`, env, onText });
}

test("the last line of JSON is the result; other lines are what it prints for people", async () => {
  const texts: string[] = [];
  const program = start(`console.log("asking"); console.log("3"); process.stdout.write('{"title":"x"}')`, (text) =>
    texts.push(text),
  );
  await program.ended;
  expect({ json: program.json, code: program.code, texts }).toEqual({
    json: '{"title":"x"}',
    code: 0,
    texts: ["asking"],
  });
  await program.kill();
});

test("a program that has printed its result and goes on is seen to run, and is killed", async () => {
  const program = start(`console.log('{"title":"x"}'); setInterval(() => {}, 1000)`);
  await program.reported;
  expect(program.code).toBeNull();
  await program.kill();
  expect(program.code).toBe(1);
});

describe.skipIf(process.platform === "win32")("what a program leaves behind is killed", () => {
  test.each([
    ["a child process", false],
    ["one that has left its process group", true],
  ])("%s", async (_, detached) => {
    if (detached && process.platform !== "linux") return console.log("skipped: only Linux shows the mark");
    const script = `
      const { spawn } = require("node:child_process");
      const options = { stdio: "ignore", detached: ${detached} };
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], options);
      child.unref();
      console.log(JSON.stringify({ pid: child.pid }));`;
    const program = start(script);
    await program.ended;
    const { pid } = JSON.parse(program.json ?? "") as { pid: number };
    expect(() => process.kill(pid, 0)).not.toThrow();
    await program.kill();
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

test("a command that the shell does not know differs from a program that fails", async () => {
  const unknown = startProgram({ command: "no-such-program-anywhere", env: {}, onText: () => undefined });
  const failing = start("process.exit(1)");
  await Promise.all([unknown.ended, failing.ended]);
  expect([isNotFound(unknown), isNotFound(failing)]).toEqual([true, false]);
  await Promise.all([unknown.kill(), failing.kill()]);
});

const python = `Traceback (most recent call last):
  File "client.py", line 12, in <module>
    main()
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "client.py", line 14, in <module>
    raise Failed("The answer is not JSON.")
__main__.Failed: The answer is not JSON.
`;
const uncaught = `/home/me/client.js:3
  throw new TypeError("fetch failed");
  ^

TypeError: fetch failed
    at Object.<anonymous> (/home/me/client.js:3:9)

Node.js v20.20.2
`;

test.each([
  ["a line", "The order was refused with status 400.\n", "Error", "The order was refused with status 400."],
  ["Python's traceback, of the last error", python, "Error", "__main__.Failed: The answer is not JSON."],
  ["a JavaScript stack", uncaught, "TypeError", "fetch failed"],
  ["nothing", "", "Error", "exit code 1, and nothing on standard error"],
])("on standard error, %s is read as an error", (_, text, name, message) => {
  expect(errorFromStderr(text, 1)).toMatchObject({ isError: true, name, message });
});

test.each([
  "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
  `SyntaxError: Unexpected token '<', "<!doctype "... is not valid JSON`,
  "jq: parse error: Invalid numeric literal at line 1, column 10",
  "parse error: Invalid numeric literal at line 1, column 10",
  "invalid character '<' looking for beginning of value",
])("%s is a parser's message", (text) => {
  expect(errorFromStderr(text, 1).isParserMessage).toBe(true);
});

test.each(["The answer is not valid JSON.", "The answer to the poll is no JSON: Expecting value: line 1", python])(
  "%s is a sentence",
  (text) => {
    expect(errorFromStderr(text, 1).isParserMessage).toBe(false);
  },
);

test.each([
  "ValueError: unknown url type: '/reports/r-41'",
  "curl: (3) URL rejected: No host part in the URL",
  "requests.exceptions.MissingSchema: Invalid URL '/reports/r-41': No scheme supplied.",
])("%s is about a URL without a base", (text) => {
  expect(errorFromStderr(text, 1).isInvalidUrl).toBe(true);
});
