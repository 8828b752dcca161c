/** The time from saving a file to its result on the screen, with `npm run lesson` and with `vitest --watch`. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { copyWorkbook, type Copy, median } from "./machine.ts";

export interface LoopFigures {
  /** `npm run lesson`, when the server or the client is saved. */
  readonly saves: Readonly<Record<Side, SaveFigures>>;
  /** `vitest --watch`, when the server is saved, ms. */
  readonly vitest: number;
  /** `vitest --watch` with a test of one line, ms: how fast this machine is. */
  readonly trivial: number;
}

export interface SaveFigures {
  /** Until the open clause is on the screen, ms. */
  readonly open: number;
  /** Until all verdicts are on the screen, ms. */
  readonly all: number;
}

type Side = "server" | "client";

/** Between two saves, ms. People save less often. On a slow machine the next children take a second to warm up. */
const pauseMs = 2000;
const slug = "03-polling";
/** A mistake for each side, and the clause that it fails. */
const mistakes: Readonly<Record<Side, { readonly make: (text: string) => string; readonly clause: RegExp }>> = {
  server: { make: (text) => text.replaceAll('"Retry-After"', '"X-Retry-After"'), clause: /retry-after\.present/ },
  client: {
    make: (text) => text.replace("waitMs = retryAfterMs(response.headers)", "waitMs = 1000"),
    clause: /client\.waits/,
  },
};

/** Medians over `rounds` saves of each side. Each save turns the open clause from red to green, or back. */
export async function measureLoops(rounds: number): Promise<LoopFigures> {
  const copy = copyWorkbook();
  try {
    for (const side of ["server", "client"]) {
      cpSync(copy.at("solutions", slug, `${side}.ts`), copy.at("exercises", slug, `${side}.ts`));
    }
    const saves = await measureLesson(copy, rounds);
    const trivial = await measureVitest(copy, rounds, trivialSuite(copy));
    const vitest = await measureVitest(copy, rounds, exerciseSuite(copy));
    return { saves, vitest, trivial };
  } finally {
    copy.remove();
  }
}

/** The file's text with the mistake in it. @throws Error when the mistake changes nothing */
function withMistake(side: Side, text: string): string {
  const changed = mistakes[side].make(text);
  if (changed === text) throw new Error(`The mistake in the ${side} changes nothing any more.`);
  return changed;
}

/** Collects the output of a process and waits for patterns in it. */
function listen(child: ChildProcess) {
  let text = "";
  let waiting: (() => void) | undefined;
  const add = (chunk: Buffer) => {
    text += chunk.toString();
    waiting?.();
  };
  child.stdout?.on("data", add);
  child.stderr?.on("data", add);
  return {
    clear: () => (text = ""),
    /** Resolves once all patterns are in the output, with the time (performance.now). */
    until(patterns: readonly RegExp[], limitMs = 30_000): Promise<number> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () =>
            reject(new Error(`The screen never showed ${patterns.join(", ")}. It ended with:\n${text.slice(-3000)}`)),
          limitMs,
        );
        const look = () => {
          if (!patterns.every((pattern) => pattern.test(text))) return;
          clearTimeout(timer);
          waiting = undefined;
          resolve(performance.now());
        };
        waiting = look;
        look();
      });
    },
  };
}

/** Runs a command in its own terminal. script(1) opens one on Linux and macOS. */
function inTerminal(copy: Copy, command: string): ChildProcess {
  const line = `stty cols 100 rows 60; ${command}`;
  const args = process.platform === "darwin" ? ["-q", "/dev/null", "sh", "-c", line] : ["-qfc", line, "/dev/null"];
  return spawn("script", args, {
    cwd: copy.folder,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, CI: "", TERM: "xterm" },
  });
}

/** `npm run lesson 3` on the starters: from the start of npm to the first failing clause on the screen, ms. */
export async function measureStart(copy: Copy): Promise<number> {
  const from = performance.now();
  const child = inTerminal(copy, "npm run -s lesson 3");
  const ended = once(child, "exit");
  try {
    return (await listen(child).until([mistakes.server.clause, /expected/])) - from;
  } finally {
    child.stdin?.write("q");
    await ended;
  }
}

async function measureLesson(copy: Copy, rounds: number): Promise<Record<Side, SaveFigures>> {
  const child = inTerminal(copy, "node workbook/main.js lesson 3");
  const screen = listen(child);
  const measure = async (side: Side): Promise<SaveFigures> => {
    const file = copy.at("exercises", slug, `${side}.ts`);
    const right = readFileSync(file, "utf8");
    const wrong = withMistake(side, right);
    const open: number[] = [];
    const all: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      screen.clear();
      let from = performance.now();
      writeFileSync(file, wrong);
      open.push((await screen.until([mistakes[side].clause, /expected/])) - from);
      all.push((await screen.until([/, in [\d.,]+ m?s/])) - from);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      screen.clear();
      from = performance.now();
      writeFileSync(file, right);
      all.push((await screen.until([/Passed/])) - from);
    }
    return { open: median(open), all: median(all) };
  };
  try {
    await screen.until([/Passed/]);
    return { server: await measure("server"), client: await measure("client") };
  } finally {
    child.stdin?.write("q");
    setTimeout(() => child.kill(), 500).unref();
  }
}

/** A test file, and a file with two texts: one makes the tests fail, the other makes them pass. */
interface Suite {
  readonly suite: string;
  readonly file: string;
  readonly wrong: string;
  readonly right: string;
}

/** A test of one line. The file that changes is the test itself. */
function trivialSuite(copy: Copy): Suite {
  const text = (value: number) =>
    `import { expect, test } from "vitest";\ntest("one", () => expect(${value}).toBe(1));\n`;
  const file = copy.at("test", "trivial.test.ts");
  return { suite: file, file, wrong: text(2), right: text(1) };
}

/** The exercise, graded by a test that imports the learner's files. */
function exerciseSuite(copy: Copy): Suite {
  const text = `
import { expect, test } from "vitest";
import "../exercises/${slug}/server.ts";
import "../exercises/${slug}/client.ts";
import { findLesson } from "../workbook/content/catalogue.ts";
import { places } from "../workbook/content/places.ts";
import { grade } from "../workbook/grade/grade.ts";
test("the exercise", async () => {
  const lesson = findLesson("3");
  const at = places(lesson.slug);
  const run = await grade(lesson, { server: at.mine("server.ts"), client: at.mine("client.ts") });
  expect(run.verdicts.filter((v) => v.verdict !== "pass").map((v) => v.clause)).toEqual([]);
});
`;
  const suite = copy.at("test", "bench.test.ts");
  writeFileSync(suite, text);
  const file = copy.at("exercises", slug, "server.ts");
  const right = readFileSync(file, "utf8");
  return { suite, file, wrong: withMistake("server", right), right };
}

async function measureVitest(copy: Copy, rounds: number, { suite, file, wrong, right }: Suite): Promise<number> {
  writeFileSync(file, right);
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "--watch", suite], {
    cwd: copy.folder,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, CI: "", NO_COLOR: "1" },
  });
  const output = listen(child);
  const times: number[] = [];
  try {
    await output.until([/Waiting for file changes/]);
    for (let round = 0; round < rounds; round++) {
      for (const [text, seen] of [
        [wrong, /1 failed/],
        [right, /1 passed/],
      ] as const) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        output.clear();
        const from = performance.now();
        writeFileSync(file, text);
        times.push((await output.until([seen])) - from);
      }
    }
  } finally {
    child.kill();
  }
  return median(times);
}
