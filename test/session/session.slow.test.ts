import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { freshClone, type Clone } from "../commands/clone.ts";
import type { StepView, View } from "../../workbook/report/view.ts";
import type { Happening } from "../../workbook/session/queue.ts";
import type { Session } from "../../workbook/session/session.ts";

const first = "01-not-everything-is-instant";
const size = { columns: 80, rows: 40, colour: false, unicode: true };

let clone: Clone;
let session: Session | undefined;
let view: () => View;
let press: (...keys: string[]) => void;
/** Lets the session take what happens until the view is as wanted. */
let until: (wanted: (view: View) => boolean) => Promise<View>;

beforeAll(() => {
  clone = freshClone();
});
beforeEach(() => clone.clear());
afterEach(() => session?.close());
afterAll(async () => {
  (await ours<typeof import("../../workbook/run/memory/pool.ts")>("run/memory/pool.ts")).closePool();
  clone.remove();
});

/** A module of the clone, whose root is the clone's. */
async function ours<T>(name: string): Promise<T> {
  return (await import(/* @vite-ignore */ pathToFileURL(clone.at("workbook", ...name.split("/"))).href)) as T;
}

async function open(word = "1"): Promise<void> {
  const [{ openSession }, { createQueue }, { findLesson }, { readState }, { refreshed }, { gradeOwn }] =
    await Promise.all([
      ours<typeof import("../../workbook/session/session.ts")>("session/session.ts"),
      ours<typeof import("../../workbook/session/queue.ts")>("session/queue.ts"),
      ours<typeof import("../../workbook/content/catalogue.ts")>("content/catalogue.ts"),
      ours<typeof import("../../workbook/learner/state.ts")>("learner/state.ts"),
      ours<typeof import("../../workbook/learner/progress.ts")>("learner/progress.ts"),
      ours<typeof import("../../workbook/commands/grade-own.ts")>("commands/grade-own.ts"),
    ]);
  const lesson = findLesson(word);
  if (!lesson) throw new Error(`There is no lesson ${word}.`);
  const queue = createQueue<Happening>();
  const state = await refreshed(readState(), gradeOwn);
  const opened = openSession({ state, lesson, first: () => null, push: queue.push, size: () => size });
  session = opened;
  view = opened.view;
  press = (...keys) => keys.forEach((key) => opened.take({ is: "key", key }));
  until = async (wanted) => {
    while (!wanted(opened.view())) opened.take(await queue.next());
    return opened.view();
  };
}

function isGraded(view: View): view is StepView {
  return view.is === "step" && view.now.is === "run";
}

function save(name: string, text: string, slug = first): void {
  writeFileSync(clone.at("exercises", slug, name), text);
}

const solution = (name: string, slug = first) => readFileSync(clone.at("solutions", slug, name), "utf8");

test("the first start shows the welcome; enter copies the starter, says so, and grades it once", async () => {
  await open();
  expect(view()).toMatchObject({ is: "welcome", passed: 0 });
  expect(existsSync(clone.at("exercises", first, "client.ts"))).toBe(false);
  press("enter");
  const step = await until(isGraded);
  expect(step).toMatchObject({
    message: `The starter was copied to exercises/${first}/ and is watched.`,
    now: { run: { passed: false } },
  });
  expect(readFileSync(clone.at("exercises", first, "client.ts"), "utf8")).toBe(
    readFileSync(clone.at("lessons", first, "client.ts"), "utf8"),
  );
});

test("a save is graded; with a syntax error the last verdicts stay; the next save passes", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  save("client.ts", `${solution("client.ts")}\nconst open = (;\n`);
  const broken = await until((now) => isGraded(now) && now.now.is === "run" && now.now.run.problem !== null);
  expect(broken).toMatchObject({
    now: { run: { problem: { kind: "syntax" } }, last: { run: { passed: false, problem: null } } },
  });
  save("client.ts", solution("client.ts"));
  await until((now) => isGraded(now) && now.now.is === "run" && now.now.run.passed);
});

test("after a verdict the type checker's remarks follow as advice", async () => {
  clone.fill(first, "solutions");
  save("client.ts", `${solution("client.ts")}\nexport const count: number = "three";\n`);
  await open();
  const step = await until((now) => now.is === "step" && now.types.length > 0);
  expect(step).toMatchObject({ now: { run: { passed: true } }, types: [{ file: `exercises/${first}/client.ts` }] });
});

test("a save in lessons/ is answered with the path of the learner's own file, also after another screen was read", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  press("t");
  writeFileSync(clone.at("lessons", first, "client.ts"), "// edited by mistake\n");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const strayed = until((now) => now.is === "step" && (now.message ?? "").startsWith("You saved"));
  session?.take({ is: "resized" });
  press("esc");
  expect(await strayed).toMatchObject({
    message: `You saved lessons/${first}/client.ts, which is handed out and not graded. Your own file is exercises/${first}/client.ts`,
  });
});

test("who passed the step before is asked which files to start from; y takes their own", async () => {
  clone.fill(first, "solutions");
  save("client.ts", `${solution("client.ts")}\n// my own\n`);
  await open("2");
  expect(view()).toMatchObject({ is: "confirm", question: "Start from your own files of step 01?" });
  press("y");
  await until(isGraded);
  expect(readFileSync(clone.at("exercises", "02-accepted", "client.ts"), "utf8")).toContain("// my own");
});

test("esc at that question starts nothing and goes back to the step before", async () => {
  clone.fill(first, "solutions");
  await open("2");
  press("esc");
  expect(await until(isGraded)).toMatchObject({ is: "step", lesson: { slug: first } });
  expect(existsSync(clone.at("exercises", "02-accepted", "client.ts"))).toBe(false);
});

test("q closes the lesson's text and not the session", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  press("t", "q");
  expect(view()).toMatchObject({ is: "step" });
});

test("with own files in step 04 the starter's patch is shown", async () => {
  clone.fill("03-polling", "solutions");
  await open("4");
  expect(view()).toMatchObject({
    is: "confirm",
    about: [expect.any(String), expect.stringContaining("+++ lessons/04-failing/server.ts")],
  });
  press("n");
  await until(isGraded);
  expect(readFileSync(clone.at("exercises", "04-failing", "server.ts"), "utf8")).toBe(
    readFileSync(clone.at("lessons", "04-failing", "server.ts"), "utf8"),
  );
});

test("hints are revealed one at a time, the solution asks first, reset asks and names its backup", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  press("h");
  expect(view()).toMatchObject({ is: "hints", revealed: 1, clause: { id: "client.deadline" } });
  press("h");
  expect(view()).toMatchObject({ is: "hints", revealed: 2 });
  press("s");
  expect(view()).toMatchObject({ is: "confirm" });
  press("y");
  expect(view()).toMatchObject({ is: "solution", page: 0, open: "client.deadline" });
  press("esc", "r", "y");
  expect(view()).toMatchObject({
    is: "step",
    message: expect.stringMatching(/^The starter is back\. Your files lie in \.workbook\/backups\//),
  });
});

test("a changed SPEC is said when the step is opened again, once", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  session?.close();
  writeFileSync(clone.at("exercises", first, "SPEC.md"), "# another SPEC\n");
  await open();
  expect(view()).toMatchObject({
    message: `Since you began this step, a new release changed SPEC.md: read exercises/${first}/SPEC.md again.`,
  });
  session?.close();
  await open();
  expect(view()).toMatchObject({ is: "step", message: null });
});

test("q and ctrl-c leave, from any screen", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  expect(session?.take({ is: "key", key: "q" })).toBe(false);
  press("l");
  expect(session?.take({ is: "key", key: "ctrl-c" })).toBe(false);
});

test("other right ways are shown one after the other once the step is passed; before, the key asks first", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  press("w");
  expect(view()).toMatchObject({ is: "confirm", question: "See other ways to solve it all the same?" });
  press("n");
  expect(view()).toMatchObject({ is: "step" });
  save("client.ts", solution("client.ts"));
  await until((now) => isGraded(now) && now.now.is === "run" && now.now.run.passed);
  press("w");
  expect(view()).toMatchObject({ is: "ways", page: 0, ways: [{ side: "client", parts: expect.any(Array) }, {}, {}] });
  press("right");
  expect(view()).toMatchObject({ is: "ways", page: 1 });
  press("left", "left");
  expect(view()).toMatchObject({ is: "ways", page: 0 });
  press("esc");
  expect(view()).toMatchObject({ is: "step" });
});
