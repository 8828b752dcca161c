import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { run } from "../../workbook/commands.ts";
import { freshClone, type Clone } from "./clone.ts";

let clone: Clone;
beforeAll(() => {
  clone = freshClone();
});
afterAll(() => clone.remove());

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs a command in this process, and what it said. */
async function said(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const texts = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      texts[stream] += String(text);
      return true;
    });
  }
  const code = await run(args);
  vi.restoreAllMocks();
  return { code, ...texts };
}

test("an old Node is told so in one sentence, with exit code 2", () => {
  const versions = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.3" } })`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(versions)}`, clone.at("workbook", "main.js"), "lesson"];
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe(
    "The workbook needs Node 20.19 or newer and this is Node 20.18.3: install a current one from https://nodejs.org, then type the same line again.\n",
  );
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

test("without its packages the workbook says to run npm ci", () => {
  const bare = freshClone();
  try {
    rmSync(bare.at("node_modules"), { recursive: true });
    mkdirSync(bare.at("node_modules"));
    const { status, stderr } = spawnSync(process.execPath, [bare.at("workbook", "main.js"), "lesson"], { encoding: "utf8" });
    expect(stderr).toBe("The workbook's packages are not installed yet. Run npm ci in its folder, then the same line again.\n");
    expect(status).toBe(2);
  } finally {
    bare.remove();
  }
});

test.each([
  [["dance"], `There is no command "dance". There are: lesson, serve, client, test, grade, doctor, sync.`],
  [["lesson", "17"], `There is no step "17": the steps are 1 to 6, and npm run lesson list shows them.`],
  [["lesson", "3", "dance"], `What is "dance"? After the step comes one of list, hint, solution, take, reset, quiz, text, debug, or nothing.`],
  [["grade"], "Say which step to grade, and nothing else: npm run grade -- 3"],
  [["grade", "3", "--server", "nowhere.ts"], "There is no file nowhere.ts. Name the file that holds the server or the client."],
  [["grade", "3", "--sever", "a.ts"], "Unknown option '--sever'. npm run grade help shows what there is."],
  [["grade", "3", "--seed", "seven"], `The seed is "seven": give it a whole number, such as --seed 7`],
  [
    ["grade", "3", "--url", "http://127.0.0.1:8080"],
    "--url is not there yet: it comes with the next release. Until then files are graded: npm run grade -- 3 --server a.ts",
  ],
  [["serve", "2"], "Your server of step 02 is not there yet: npm run lesson 2 starts it."],
  [["client", "2"], "Your client of step 02 is not there yet: npm run lesson 2 starts it."],
  [["test", "3", "4"], "npm test takes one step, or nothing: npm test 3"],
])("%j is refused in a sentence, with exit code 2", async (args, sentence) => {
  expect(await said(args)).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
});

test.each(["help", "lesson help", "grade --help", "grade 3 help", "serve help", "test help"])("%s shows the lines to type", async (line) => {
  const { code, stdout } = await said(line.split(" "));
  expect(stdout).toMatch(/^npm (run (lesson|grade|serve)|test)/);
  expect(code).toBe(0);
});

test("a wrong call ends a real process with 2 and its sentence on standard error", async () => {
  const { code, stdout, stderr } = await clone.run(["lesson", "17"]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining("There is no step") });
});

test("the engine's bundle is made anew when a file of it changes, and tsx does it where nothing can be kept", async () => {
  const file = clone.at("workbook", "commands", "sync.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace("for authors:", "for writers:"));
  expect((await clone.run(["sync", "help"])).stdout).toContain("for writers:");
  rmSync(clone.at(".workbook"), { recursive: true, force: true });
  writeFileSync(clone.at(".workbook"), "a file where the folder should be");
  expect((await clone.run(["sync", "help"])).stdout).toContain("for writers:");
  rmSync(clone.at(".workbook"));
});

test("flags that npm has taken are named, with the line to type", async () => {
  vi.stubEnv("npm_lifecycle_event", "grade");
  vi.stubEnv("npm_config_json", "true");
  vi.stubEnv("npm_config_server", "true");
  const { code, stderr } = await said(["grade", "3", "a.ts"]);
  expect(stderr).toContain("npm took --server and --json for itself. Type: npm run grade -- 3 --server a.ts --json\n");
  expect(code).toBe(2);
});

test("a doctor without its right to write says what to mend, and ends in a block to paste", async () => {
  rmSync(clone.at(".workbook"), { recursive: true, force: true });
  writeFileSync(clone.at(".workbook"), "a file where the folder should be");
  try {
    const { code, stdout } = await clone.run(["doctor"]);
    expect(stdout).toContain(".workbook cannot be written");
    expect(stdout.trimEnd()).toMatch(/```text\nworkbook [^]*\nFAIL write: [^]*```$/);
    expect(code).toBe(1);
  } finally {
    rmSync(clone.at(".workbook"));
  }
});
