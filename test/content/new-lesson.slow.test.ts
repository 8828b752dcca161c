/** npm run new lesson: what it writes, what it refuses, and that the check fails until the lesson is whole. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { root } from "../../workbook/root.ts";
import { requireDev, whyWithout } from "../clients/dev.ts";
import { freshClone, type Clone } from "../commands/clone.ts";

interface Prettier {
  check(source: string, options: object): Promise<boolean>;
}

const last = lessons().at(-1);
if (!last) throw new Error("There are no lessons.");
const slug = `${String(last.number + 1).padStart(2, "0")}-made-up`;
const written = [
  `exercises/${slug}/SPEC.md`,
  ...["client.ts", "lesson.json", "lesson.md", "server.ts"].map((name) => `lessons/${slug}/${name}`),
  ...["client.ts", "server.ts"].map((name) => `solutions/${slug}/${name}`),
  `test/${slug}.test.ts`,
];

let clone: Clone;
beforeAll(() => {
  clone = freshClone();
  for (const name of ["vitest.config.ts", "README.md"]) cpSync(path.join(root, name), clone.at(name));
  cpSync(path.join(root, "dev", "new-lesson.ts"), clone.at("dev", "new-lesson.ts"), { recursive: true });
  cpSync(path.join(root, "test"), clone.at("test"), { recursive: true });
});
afterEach(() => {
  for (const tree of ["lessons", "exercises", "solutions"]) {
    rmSync(clone.at(tree, slug), { recursive: true, force: true });
  }
  rmSync(clone.at("test", `${slug}.test.ts`), { force: true });
});
afterAll(() => clone.remove());

function runNew(...words: readonly string[]) {
  const args = ["--import", "tsx", clone.at("dev", "new-lesson.ts"), ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: clone.folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Paths of all files of the trees that a lesson is in. */
function filesThere(): string[] {
  return ["exercises", "lessons", "solutions", "test"].flatMap((tree) =>
    readdirSync(clone.at(tree), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(clone.folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/")),
  );
}

test("npm run new calls it", () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts["new"]).toBe("node --import tsx dev/new-lesson.ts");
});

test("it writes the files of a lesson, with the code of the last one, and says what remains", () => {
  const before = filesThere();
  const { status, stdout, stderr } = runNew("lesson", slug);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(
    filesThere()
      .filter((file) => !before.includes(file))
      .sort(),
  ).toEqual(written);
  for (const name of ["server.ts", "client.ts"]) {
    const code = readFileSync(clone.at("solutions", last.slug, name), "utf8");
    expect(readFileSync(clone.at("lessons", slug, name), "utf8")).toBe(code);
    expect(readFileSync(clone.at("solutions", slug, name), "utf8")).toBe(code);
  }
  for (const file of [`lessons/${slug}/lesson.json`, `exercises/${slug}/SPEC.md`, "test/subjects/", "npm run check"]) {
    expect(stdout).toContain(file);
  }
});

test.skipIf(whyWithout !== null)("what it writes is formatted", async () => {
  runNew("lesson", slug);
  const options: object = JSON.parse(readFileSync(path.join(root, ".prettierrc.json"), "utf8"));
  for (const file of written) {
    const text = readFileSync(clone.at(file), "utf8");
    expect(await requireDev<Prettier>("prettier").check(text, { ...options, filepath: file }), file).toBe(true);
  }
});

test.each([
  ["no words", [], "Say which lesson is new: npm run new lesson 13-many-regions"],
  ["no folder name", ["lesson"], "Say which lesson is new: npm run new lesson 13-many-regions"],
  ["another word than lesson", ["page", slug], "Say which lesson is new: npm run new lesson 13-many-regions"],
  ["a word too many", ["lesson", slug, "more"], `"more" is one word too many`],
  ["a name without a number", ["lesson", "made-up"], `"made-up" is no folder name of a lesson`],
  ["a name with capitals", ["lesson", "13-Made-Up"], `"13-Made-Up" is no folder name of a lesson`],
  ["a path", ["lesson", "13-made/../up"], `"13-made/../up" is no folder name of a lesson`],
  ["a number that is taken", ["lesson", "03-made-up"], "Lesson 03 exists already: lessons/03-polling."],
])("%s: one sentence, exit code 2, nothing written", (_name, words, sentence) => {
  const before = filesThere();
  const { status, stdout, stderr } = runNew(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toContain(sentence);
  expect(filesThere()).toEqual(before);
});

test("what is there already is not overwritten, and nothing is written beside it", () => {
  const mine = clone.at("solutions", slug, "server.ts");
  mkdirSync(path.dirname(mine));
  writeFileSync(mine, "mine");
  expect(runNew("lesson", slug)).toEqual({
    status: 2,
    stdout: "",
    stderr: `solutions/${slug} exists already, so nothing was written.\n`,
  });
  expect(readFileSync(mine, "utf8")).toBe("mine");
  expect(existsSync(clone.at("lessons", slug))).toBe(false);
});

test("the check fails on what is not written yet, and on nothing else", { timeout: 120_000 }, () => {
  expect(failing()).toEqual([]);
  runNew("lesson", slug);
  const names = failing();
  for (const name of [
    `${slug} has nothing left to write`,
    `${slug} grades clauses that exist, none twice`,
    `${slug} shows pictures of scenarios that exist`,
    `${slug} changes no file but those that it asks to edit`,
    `${slug} reads in five to ten minutes, without a shout`,
    `${slug} has two or three, with names of their own`,
    "has every lesson, and names those to come",
    "passes every clause",
  ]) {
    expect(names).toContain(name);
  }
  const about = new RegExp(`${slug}|^has every lesson|^passes every clause$`);
  expect(names.filter((name) => !about.test(name))).toEqual([]);
});

/** Titles of the tests of the lessons' content, and of the last suites, that fail in the copy. */
function failing(): string[] {
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  const files = readdirSync(clone.at("test", "content"))
    .filter((name) => name.endsWith(".test.ts") && !name.endsWith(".slow.test.ts"))
    .map((name) => `test/content/${name}`);
  const suites = readdirSync(clone.at("test")).filter((name) => /^\d\d-.*\.test\.ts$/.test(name));
  const args = ["run", "--root", clone.folder, "--reporter", "json", ...files, `test/${suites.sort().at(-1)}`];
  const { ACCEPTED_ALL_TESTS: _slow, ...env } = process.env;
  const { stdout } = spawnSync(process.execPath, [vitest, ...args], { cwd: clone.folder, encoding: "utf8", env });
  const { testResults } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
    testResults: { message: string; assertionResults: { status: string; title: string }[] }[];
  };
  expect(testResults.filter(({ assertionResults }) => assertionResults.length === 0)).toEqual([]);
  expect(testResults).toHaveLength(files.length + 1);
  return testResults.flatMap((file) =>
    file.assertionResults.filter(({ status }) => status === "failed").map(({ title }) => title),
  );
}
