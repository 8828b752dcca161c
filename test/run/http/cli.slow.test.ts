/** `grade` on the real clock, called as a user does. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { freshClone, textOf, type Clone } from "../../commands/clone.ts";
import { closedPort, web, type Listening } from "./naughty.ts";

let clone: Clone;
const open: Listening[] = [];
beforeAll(() => {
  clone = freshClone();
}, 60_000);
afterAll(() => clone.remove());
afterEach(() => open.splice(0).forEach(({ close }) => close()));

test("a URL that refuses: one sentence, exit code 3, and the same as --json and --junit", async () => {
  const { url } = await closedPort();
  const { code, stdout } = await clone.run(["grade", "3", "--url", `${url}/`]);
  expect(code).toBe(3);
  expect(stdout).toContain("accepted 03-polling: NOT RUN, unreachable\n");
  expect(stdout).toContain(
    `PROBLEM Nothing answers at ${url} (connection refused).\n  to do     Start your server, then run the same line again.\n`,
  );

  const json = await clone.run(["grade", "3", "--url", `${url}/`, "--json", "--junit", "out/verdicts.xml"]);
  expect(json.code).toBe(3);
  expect(JSON.parse(json.stdout)).toMatchObject({
    format: 1,
    exercise: "03-polling",
    passed: false,
    subject: { url: `${url}/` },
    verdicts: [],
    problem: { kind: "unreachable", file: null, line: null },
  });
  expect(readFileSync(clone.at("out", "verdicts.xml"), "utf8")).toContain(
    '<error type="unreachable" message="Nothing answers at',
  );
});

test("a server that fails at once: the verdicts end with what is not graded, and how much was asked", async () => {
  const server = await web((_, response) => response.writeHead(500).end());
  open.push(server);
  const { code, stdout } = await clone.run(["grade", "2", "--url", server.url]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^server {7}http:\/\/127\.0\.0\.1:\d+\nclock {8}real clock, about \d+ s$/m);
  expect(stdout).toMatch(/^FAIL +accept\.status$/m);
  expect(stdout).toMatch(
    /The client's clauses are not graded: this subject is a server\.\n\d+ requests in \d+\.\d s\. Seed 1, exit code 1\.\n$/,
  );
});

test("a command: its own output stands in the object, and its environment has BASE_URL and PARAMS", async () => {
  const script = path.join(clone.folder, "env.cjs");
  writeFileSync(
    script,
    `console.log("at", process.env.BASE_URL, process.argv[2], process.env.PARAMS); process.exitCode = 4;`,
  );
  const { code, stdout } = await clone.run([
    "grade",
    "2",
    "--json",
    "--command",
    `"${process.execPath}" env.cjs {url}`,
  ]);
  expect(code).toBe(1);
  const { verdicts, output, subject } = JSON.parse(stdout) as {
    verdicts: { clause: string; verdict: string; seen: string | null }[];
    output: { from: string; text: string }[];
    subject: object;
  };
  expect(subject).toEqual({ command: `"${process.execPath}" env.cjs {url}` });
  expect(verdicts[0]).toMatchObject({ clause: "client.posts-once", verdict: "fail" });
  expect(verdicts[0]?.seen).toContain("exit code 4, and nothing on standard error");
  const [first] = output;
  expect(first?.from).toBe("client");
  expect(first?.text).toMatch(/^at (http:\/\/127\.0\.0\.1:\d+) \1 \{"genre":".+","kind":"summary"\}$/);
});

test.skipIf(process.platform === "win32")(
  "when the grading is interrupted, what it has started ends with it",
  async () => {
    const command = `"${process.execPath}" -e "console.log(1); setInterval(() => {}, 1000)" accepted-left-behind`;
    const child = clone.start(["grade", "2", "--command", command]);
    textOf(child.stdout);
    const running = () => pidsWith("accepted-left-behind", child.pid);
    await expect.poll(running, { timeout: 20_000 }).not.toEqual([]);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(143);
    await expect.poll(running, { timeout: 5_000 }).toEqual([]);
  },
);

/** Processes with this word in their command line, the grader itself left out. */
function pidsWith(word: string, except: number | undefined): string[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" });
  return stdout
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.includes(word) && !line.startsWith(`${except} `) && !line.includes("grade 2"))
    .map((line) => line.split(" ")[0] ?? "");
}
