import { afterEach, expect, test, vi } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { run } from "../../workbook/commands/main.ts";
import { isStarted } from "../../workbook/learner/exercises.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs a command in this process. @returns its exit code and what it printed */
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

test.each([
  [["dance"], `There is no command "dance". There are: lesson, serve, client, test, grade, doctor, sync.`],
  [["lesson", "17"], `There is no step "17": the steps are 1 to 6, and npm run lesson list shows them.`],
  [
    ["lesson", "3", "dance"],
    `What is "dance"? After the step comes one of list, hint, solution, ways, take, reset, restore, quiz, text, debug, or nothing.`,
  ],
  [["grade"], "Say which step to grade, and nothing else: npm run grade -- 3"],
  [
    ["grade", "3", "--server", "nowhere.ts"],
    "There is no file nowhere.ts. Name the file that holds the server or the client.",
  ],
  [["grade", "3", "--sever", "a.ts"], "Unknown option '--sever'. npm run grade help shows what there is."],
  [["grade", "3", "--seed", "seven"], `The seed is "seven": give it a whole number, such as --seed 7`],
  [
    ["grade", "1", "--url", "http://127.0.0.1:8080"],
    "Step 01 is graded by files only: npm run grade -- 1 --server a.ts --client b.ts",
  ],
  [["test", "3", "4"], "npm test takes one step, or nothing: npm test 3"],
])("%j is refused in a sentence, with exit code 2", async (args, sentence) => {
  expect(await said(args)).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
});

const second = lessons().find(({ number }) => number === 2);
/** If the step is started on this machine, there is nothing to refuse. */
const started = second !== undefined && isStarted(second);

test.skipIf(started).each(["server", "client"])("a %s that is not there yet is refused in a sentence", async (side) => {
  const word = side === "server" ? "serve" : "client";
  const sentence = `Your ${side} of step 02 is not there yet: npm run lesson 2 starts it.`;
  expect(await said([word, "2"])).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
});

test.each(["help", "lesson help", "grade --help", "grade 3 help", "serve help", "test help"])(
  "%s shows the lines to type",
  async (line) => {
    const { code, stdout } = await said(line.split(" "));
    expect(stdout).toMatch(/^npm (run (lesson|grade|serve)|test)/);
    expect(code).toBe(0);
  },
);

test("flags that npm took are named, with the line to type", async () => {
  vi.stubEnv("npm_lifecycle_event", "grade");
  vi.stubEnv("npm_config_json", "true");
  vi.stubEnv("npm_config_server", "true");
  const { code, stderr } = await said(["grade", "3", "a.ts"]);
  expect(stderr).toContain("npm took --server and --json for itself. Type: npm run grade -- 3 --server a.ts --json\n");
  expect(code).toBe(2);
});
