import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshClone, type Clone } from "../commands/clone.ts";
import { readIntent, type DialogName, type Intent } from "../../workbook/session/intents.ts";
import type { Session } from "../../workbook/session/session.ts";
import type { StepView, View } from "../../workbook/session/view.ts";
import { newKeyReader } from "../../workbook/terminal/keys.ts";
import { openTerminal, type Terminal, type TerminalEvent } from "../../workbook/terminal/terminal.ts";

const first = "01-not-everything-is-instant";
const size = { columns: 80, rows: 40, colour: false, unicode: true };

let clone: Clone;
let session: Session | undefined;
let terminal: Terminal;
let view: () => View;
/** Presses keys, as read by the terminal. */
let press: (...keys: string[]) => void;
/** Sends intents, as a page does. */
let send: (...intents: Intent[]) => void;
/** Lets the session take events until the view is as wanted. */
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

async function open(word = "1", dialog: DialogName | null = null): Promise<void> {
  const [{ openSession }, { createQueue }, { findLesson }, { readState }, { refreshed }, { gradeMany }] =
    await Promise.all([
      ours<typeof import("../../workbook/session/session.ts")>("session/session.ts"),
      ours<typeof import("../../workbook/session/queue.ts")>("session/queue.ts"),
      ours<typeof import("../../workbook/content/catalogue.ts")>("content/catalogue.ts"),
      ours<typeof import("../../workbook/learner/state.ts")>("learner/state.ts"),
      ours<typeof import("../../workbook/learner/progress.ts")>("learner/progress.ts"),
      ours<typeof import("../../workbook/grade/many.ts")>("grade/many.ts"),
    ]);
  const lesson = findLesson(word);
  if (!lesson) throw new Error(`There is no lesson ${word}.`);
  const queue = createQueue<TerminalEvent>();
  const state = await refreshed(readState(), gradeMany);
  const opened = checked(openSession({ state, lesson, first: dialog, push: queue.push }));
  session = opened;
  terminal = openTerminal(opened, () => size);
  view = opened.view;
  press = (...keys) => keys.forEach((key) => terminal.take({ is: "key", key }));
  send = (...intents) => intents.forEach((intent) => opened.take({ is: "intent", intent: asJson(intent) }));
  until = async (wanted) => {
    while (!wanted(opened.view())) terminal.take(await queue.next());
    return opened.view();
  };
}

/** Holds for every view of every session here: it survives JSON unchanged. */
function checked(opened: Session): Session {
  const view = () => {
    const now = opened.view();
    expect(JSON.parse(JSON.stringify(now))).toStrictEqual(now);
    return now;
  };
  view();
  return {
    view,
    take(event) {
      const goesOn = opened.take(event);
      view();
      return goesOn;
    },
    close: opened.close,
  };
}

function asJson(intent: Intent): Intent {
  const read = readIntent(JSON.parse(JSON.stringify(intent)));
  if (!read) throw new Error(`${JSON.stringify(intent)} is no intent.`);
  return read;
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
  const told = until((now) => now.is === "step" && (now.message ?? "").startsWith("You saved"));
  terminal.take({ is: "resized" });
  press("esc");
  expect(await told).toMatchObject({
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
  expect(view()).toMatchObject({ is: "solution", open: "client.deadline" });
  expect(terminal.text()).toMatch(/ 1 of \d+ parts?/);
  press("esc", "r", "y");
  expect(view(), "a small y is not enough").toMatchObject({ is: "confirm", replacesFiles: true });
  press("Y");
  expect(view()).toMatchObject({
    is: "step",
    message: expect.stringMatching(/^The starter is back\. Your files lie in \.workbook\/backups\//),
  });
});

test("the next step asks first while this one fails, and copies nothing before the answer", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  press("n");
  expect(view()).toMatchObject({ is: "confirm", question: "Go on to 02, Accepted?" });
  expect(existsSync(clone.at("exercises", "02-accepted", "server.ts"))).toBe(false);
  press("n");
  expect(view()).toMatchObject({ is: "step", lesson: { slug: first } });
  press("n", "y");
  expect(await until(isGraded)).toMatchObject({ lesson: { slug: "02-accepted" } });
});

describe("pasted text changes no file and no step", () => {
  const texts = ["try {", "Retry-After: 5", "array", "category", "entry", "library"];
  const files = () =>
    readdirSync(clone.at("exercises"), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => `${each.parentPath}/${each.name}`)
      .sort()
      .map((name) => [name, readFileSync(name, "utf8")]);

  test.each([
    ["marked by the terminal", (text: string) => `\x1b[200~${text}\x1b[201~`],
    ["not marked", (text: string) => text],
  ])("%s", async (_, pasted) => {
    clone.fill(first, "lessons");
    save("client.ts", "// my own work\n");
    await open();
    await until(isGraded);
    const before = files();
    for (const text of texts) {
      press(...newKeyReader()(pasted(text)));
      expect(view(), text).toMatchObject({ is: "step", lesson: { slug: first } });
      expect(terminal.text().replace(/\s+/g, " "), text).toContain(
        `Pasted text does nothing here: edit the files in exercises/${first}/ in your editor.`,
      );
      press("r", ...newKeyReader()(pasted(text)));
      expect(view(), `${text}, where reset asks`).toMatchObject({ is: "confirm", replacesFiles: true });
      expect(terminal.text()).toContain("Pasted text does nothing here");
      press("n");
      expect(terminal.text(), "until the next key").not.toContain("Pasted text");
    }
    expect(files()).toEqual(before);
    expect(existsSync(clone.at(".workbook", "backups"))).toBe(false);
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
  expect(terminal.take({ is: "key", key: "q" })).toBe(false);
  press("l");
  expect(terminal.take({ is: "key", key: "ctrl-c" })).toBe(false);
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
  expect(view()).toMatchObject({ is: "ways", ways: [{ file: "client.ts", parts: expect.any(Array) }, {}, {}] });
  expect(terminal.text()).toContain(" way 1 of 3");
  press("right");
  expect(terminal.text()).toContain(" way 2 of 3");
  press("left", "left");
  expect(terminal.text()).toContain(" way 1 of 3");
  press("esc");
  expect(view()).toMatchObject({ is: "step" });
});

test("a line of the list is chosen with up, down and digits, and enter opens it", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  press("l");
  expect(terminal.text()).toContain("press enter to open 01");
  press("down", "down", "up");
  expect(terminal.text()).toContain("press enter to open 02");
  press("4");
  expect(terminal.text()).toContain("press enter to open 04");
  press("l");
  expect(terminal.text()).toContain("press enter to open 01");
  press("4", "enter");
  expect(await until(isGraded)).toMatchObject({ lesson: { slug: "04-failing" } });
});

test("the lesson's text is turned page by page, and begins at its start when it is opened again", async () => {
  clone.fill(first, "lessons");
  await open();
  await until(isGraded);
  press("t");
  expect(terminal.text()).toMatch(/ page 1 of \d/);
  press("space", "page-down");
  expect(terminal.text()).toMatch(/ page 3 of \d/);
  press("left");
  expect(terminal.text()).toMatch(/ page 2 of \d/);
  press("t");
  expect(terminal.text()).toMatch(/ page 1 of \d/);
});

test("any key takes the message away", async () => {
  await open();
  press("enter");
  await until(isGraded);
  press("x");
  expect(view()).toMatchObject({ is: "step", message: null });
});

describe("with intents, as a page sends them,", () => {
  test("the welcome starts the step, and every dialog opens and closes", async () => {
    await open();
    send({ is: "text" }, { is: "dismiss" }, { is: "list" }, { is: "dismiss" }, { is: "keys" }, { is: "dismiss" });
    expect(view()).toMatchObject({ is: "welcome" });
    send({ is: "start" });
    await until(isGraded);
    for (const is of ["list", "text", "quiz", "output", "keys"] as const) {
      send({ is });
      expect(view()).toMatchObject({ is });
      send({ is: "dismiss" });
      expect(view()).toMatchObject({ is: "step" });
    }
    send({ is: "hint" }, { is: "hint" });
    expect(view()).toMatchObject({ is: "hints", revealed: 2 });
    for (const is of ["solution", "ways"] as const) {
      send({ is });
      expect(view()).toMatchObject({ is: "confirm" });
      send({ is: "confirm" });
      expect(view()).toMatchObject({ is });
    }
    send({ is: "reset" }, { is: "decline" });
    expect(view()).toMatchObject({ is: "step", message: null });
    send({ is: "reset" }, { is: "confirm" });
    expect(view()).toMatchObject({ is: "step", message: expect.stringMatching(/^The starter is back\./) });
  });

  test("a quiz is answered: a wrong answer is marked, the right one is noted, and the last one leads back", async () => {
    clone.fill(first, "lessons");
    await open("1", "quiz");
    const quiz = view();
    if (quiz.is !== "quiz") throw new Error("There is no quiz.");
    for (const [index, { answers }] of quiz.lesson.quiz.entries()) {
      const right = answers.findIndex((answer) => answer.right);
      const wrong = answers.findIndex((answer) => !answer.right);
      send({ is: "continue" }, { is: "answer", index: wrong });
      expect(view()).toMatchObject({ is: "quiz", index, chosen: wrong });
      send({ is: "answer", index: answers.length });
      expect(view()).toMatchObject({ is: "quiz", index, chosen: wrong });
      send({ is: "answer", index: right }, { is: "continue" });
    }
    expect(view()).toMatchObject({ is: "step", quiz: [...quiz.lesson.quiz.keys()] });
  });

  test("a question has to be answered before anything else", async () => {
    clone.fill(first, "lessons");
    await open();
    await until(isGraded);
    send({ is: "reset" });
    const question = view();
    send({ is: "text" }, { is: "open", slug: "03-polling" }, { is: "grade" }, { is: "next" });
    expect(session?.take({ is: "intent", intent: { is: "leave" } })).toBe(true);
    expect(view()).toEqual(question);
  });

  test("a step is opened by its slug from the step's own screen; an unknown one changes nothing", async () => {
    clone.fill(first, "lessons");
    await open();
    await until(isGraded);
    send({ is: "open", slug: "99-nowhere" });
    expect(view()).toMatchObject({ is: "step", lesson: { slug: first } });
    send({ is: "open", slug: "03-polling" });
    expect(await until(isGraded)).toMatchObject({ lesson: { slug: "03-polling" } });
    send({ is: "previous" });
    expect(view()).toMatchObject({ lesson: { slug: "02-accepted" } });
    expect(session?.take({ is: "intent", intent: { is: "leave" } })).toBe(false);
  });

  test("what has nothing to act on changes nothing", async () => {
    clone.fill(first, "lessons");
    await open();
    await until(isGraded);
    const step = view();
    send({ is: "start" }, { is: "continue" }, { is: "answer", index: 0 }, { is: "confirm" }, { is: "decline" });
    expect(view()).toEqual(step);
  });

  test("after the last step comes the end, once every step is passed", async () => {
    const slugs = readdirSync(clone.at("lessons")).filter((name) => /^\d\d-/.test(name));
    slugs.forEach((slug) => clone.fill(slug, "solutions"));
    await open(String(slugs.length));
    await until(isGraded);
    send({ is: "next" });
    expect(view()).toMatchObject({ is: "finished", open: slugs.map((slug) => ({ slug })) });
    send({ is: "list" });
    expect(view()).toMatchObject({ is: "list" });
  });
});
