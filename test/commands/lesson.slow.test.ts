import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshClone, type Clone } from "./clone.ts";

const first = "01-not-everything-is-instant";

let clone: Clone;
beforeAll(() => {
  clone = freshClone();
});
beforeEach(() => clone.clear());
afterAll(() => clone.remove());

const mine = (slug: string, name: string) => readFileSync(clone.at("exercises", slug, name), "utf8");
const starter = (slug: string, name: string) => readFileSync(clone.at("lessons", slug, name), "utf8");

test("in a pipe, a step that is not started is started and graded once, and the exit code is the verdict's", async () => {
  const { code, stdout, stderr } = await clone.run(["lesson"]);
  expect(stderr).toContain(`The starter was copied to exercises/${first}/`);
  expect(stdout).toMatch(/^accepted 01-not-everything-is-instant: FAILED, 2 of 4 pass/);
  expect(code).toBe(1);
  for (const name of ["server.ts", "client.ts"]) expect(mine(first, name)).toBe(starter(first, name));
});

test("a file that is there already is never overwritten, and a missing one is reported", async () => {
  writeFileSync(clone.at("exercises", first, "client.ts"), "export const mine = 1;\n");
  const { code, stdout } = await clone.run(["lesson", "1"]);
  expect(mine(first, "client.ts")).toBe("export const mine = 1;\n");
  expect(stdout).toMatch(/^accepted 01-not-everything-is-instant: NOT RUN/);
  expect(code).toBe(3);
});

describe("with the first step passed", () => {
  beforeEach(() => clone.fill(first, "solutions"));

  test("it passes with code 0, and hints say that there is nothing to hint at", async () => {
    const { code, stdout } = await clone.run(["lesson", "1"]);
    expect(stdout).toMatch(/^accepted 01-not-everything-is-instant: PASSED, 4 of 4 pass\n/);
    expect(code).toBe(0);
    expect((await clone.run(["lesson", "1", "hint"])).stdout).toContain("No clause of this step fails");
  });

  test.each([
    ["deleted", (file: string) => rmSync(file, { force: true })],
    ["corrupt", (file: string) => writeFileSync(file, '{"current": 7, "steps": {"01-not-everything-is-instant": [')],
    [
      "from another computer",
      (file: string) => writeFileSync(file, JSON.stringify({ current: "04-failing", steps: {} })),
    ],
  ])("where the learner is, is found again by grading when the state is %s", async (_, damage) => {
    await clone.run(["lesson", "1"]);
    damage(clone.at(".workbook", "state.json"));
    const { code, stdout } = await clone.run(["lesson", "list"]);
    expect(stdout).toMatch(/1 of 6 passed/);
    expect(stdout).toMatch(/01 {2}Not everything is instant +4 of 4/);
    expect(code).toBe(0);
    expect((await clone.run(["lesson"])).stdout).toMatch(/^accepted 02-accepted: FAILED/);
  });

  test("take and reset keep what was there in a backup that they name", async () => {
    writeFileSync(clone.at("exercises", first, "client.ts"), "// precious\n");
    const taken = await clone.run(["lesson", "1", "take"]);
    expect(taken.code).toBe(0);
    const [, backup = ""] = /What was there lies in (\S+)\n/.exec(taken.stdout) ?? [];
    expect(readFileSync(clone.at(backup, "client.ts"), "utf8")).toBe("// precious\n");
    expect(mine(first, "client.ts")).toBe(readFileSync(clone.at("solutions", first, "client.ts"), "utf8"));

    const reset = await clone.run(["lesson", "reset"]);
    expect(reset.stdout).toMatch(/lies in \.workbook\/backups\/01-not-everything-is-instant\//);
    expect(mine(first, "client.ts")).toBe(starter(first, "client.ts"));
    expect(readdirSync(clone.at(".workbook", "backups", first))).toHaveLength(2);
  });
});

test("hints come one by one, stay revealed, and start again once the clause has passed", async () => {
  await clone.run(["lesson", "1"]);
  expect((await clone.run(["lesson", "hint"])).stdout).toMatch(/client\.deadline +hint 1 of \d/);
  expect((await clone.run(["lesson", "1", "hint"])).stdout).toMatch(/client\.deadline +hint 2 of \d/);
  clone.fill(first, "solutions");
  await clone.run(["lesson", "1"]);
  clone.fill(first, "lessons");
  expect((await clone.run(["lesson", "hint", "1"])).stdout).toMatch(/client\.deadline +hint 1 of \d/);
});

test("in a pipe, the solution is a unified diff and nothing else", async () => {
  clone.fill(first, "lessons");
  const { code, stdout, stderr } = await clone.run(["lesson", "1", "solution"]);
  expect(stdout).toMatch(
    /^--- exercises\/01-not-everything-is-instant\/client\.ts\n\+\+\+ solutions\/01-not-everything-is-instant\/client\.ts\n@@ -/,
  );
  expect(
    stdout
      .split("\n")
      .slice(0, -1)
      .every((line) => /^([-+ @\\]|$)/.test(line)),
  ).toBe(true);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("in a pipe, all other right ways are printed: title, sentence, and a diff that fits the solution", async () => {
  const { code, stdout, stderr } = await clone.run(["lesson", "3", "ways"]);
  expect(stdout).toMatch(/^1 of 3, server: An HTTP-date as Retry-After\n\nChoose it when /);
  expect(stdout.match(/^--- solutions\/03-polling\/(?:server|client)\.ts$/gm)).toHaveLength(3);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(existsSync(clone.at("exercises", "03-polling", "server.ts"))).toBe(false);
});

describe("restore", () => {
  const backups = () => readdirSync(clone.at(".workbook", "backups", first)).sort();

  beforeEach(() => clone.fill(first, "lessons"));

  test("puts the newest backup back, and keeps what was there: once more brings that back", async () => {
    writeFileSync(clone.at("exercises", first, "client.ts"), "// precious\n");
    const taken = await clone.run(["lesson", "1", "take"]);
    const [made = ""] = backups();
    expect(taken.stdout).toContain(`Have it back with npm run lesson 1 restore ${made}\n`);

    const restored = await clone.run(["lesson", "1", "restore"]);
    expect(restored.code).toBe(0);
    expect(mine(first, "client.ts")).toBe("// precious\n");
    const [, second = ""] = backups();
    expect(restored.stdout).toContain(
      `server.ts and client.ts in exercises/${first}/ are those of .workbook/backups/${first}/${made}/ now.\n`,
    );
    expect(restored.stdout).toContain(`What was there lies in .workbook/backups/${first}/${second}/\n`);

    const again = await clone.run(["lesson", "restore"]);
    expect(again.stdout).toMatch(/^Backups of step 01, the newest first:\n/);
    // If both were made in the same second, one name starts with the other.
    const at = (name: string) => again.stdout.indexOf(`restore ${name}\n`);
    expect(at(made)).toBeGreaterThan(at(second));
    expect(again.stdout).toContain("The newest is taken.\n");
    expect(mine(first, "client.ts")).toBe(readFileSync(clone.at("solutions", first, "client.ts"), "utf8"));
  });

  test("takes the backup that is named, also by the path that the message shows", async () => {
    for (const text of ["// one\n", "// two\n"]) {
      writeFileSync(clone.at("exercises", first, "client.ts"), text);
      await clone.run(["lesson", "1", "reset"]);
    }
    const [one = "", two = ""] = backups();
    await clone.run(["lesson", "1", "restore", one]);
    expect(mine(first, "client.ts")).toBe("// one\n");
    await clone.run(["lesson", "1", "restore", `.workbook/backups/${first}/${two}/`]);
    expect(mine(first, "client.ts")).toBe("// two\n");
  });

  test("if there is no such backup, nothing is changed, and those that there are are listed", async () => {
    const none = await clone.run(["lesson", "1", "restore"]);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Step 01 has no backup: one is made when /) });
    await clone.run(["lesson", "1", "reset"]);
    const [made = ""] = backups();
    const before = mine(first, "client.ts");
    const unknown = await clone.run(["lesson", "1", "restore", "1999-01-01_00-00-00"]);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining(`npm run lesson 1 restore ${made}\n`) });
    const other = await clone.run(["lesson", "1", "restore", "yesterday"]);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('"yesterday" is the name of no backup') });
    expect(mine(first, "client.ts")).toBe(before);
    expect(backups()).toEqual([made]);
  });
});

test("text and quiz are printed, and nothing is started", async () => {
  expect((await clone.run(["lesson", "2", "text"])).stdout).toBe(`${starter("02-accepted", "lesson.md").trimEnd()}\n`);
  expect((await clone.run(["lesson", "2", "quiz"])).stdout).toContain("Location");
  expect(existsSync(clone.at("exercises", "02-accepted", "server.ts"))).toBe(false);
});
