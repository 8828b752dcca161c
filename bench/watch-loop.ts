/** From saving a file to the screen that tells about it: `npm run lesson`, and `vitest --watch` beside it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { copyWorkbook, type Copy, median } from "./machine.ts";

export interface LoopFigures {
  /** A save of the server, and of the client. */
  readonly saves: Readonly<Record<Side, SaveFigures>>;
  /** The same with `vitest --watch`, ms. */
  readonly vitest: number;
  /** A save of a test of one line to its verdict with `vitest --watch`, ms: how fast this machine is. */
  readonly trivial: number;
}

export interface SaveFigures {
  /** Save to the open clause on the screen, ms. */
  readonly open: number;
  /** Save to all verdicts, ms. */
  readonly all: number;
}

type Side = "server" | "client";

/** Between two saves, ms: a person's are rarer. On a slow machine the children for the next save take a second to warm up. */
const pauseMs = 2000;
const slug = "03-polling";
/** A slip for each side, and the clause by which it is known. */
const slips: Readonly<Record<Side, { readonly slip: (text: string) => string; readonly clause: RegExp }>> = {
  server: { slip: (text) => text.replaceAll('"Retry-After"', '"X-Retry-After"'), clause: /retry-after\.present/ },
  client: {
    slip: (text) => text.replace("waitMs = retryAfterMs(response.headers)", "waitMs = 1000"),
    clause: /client\.waits/,
  },
};

/** Medians over `rounds` saves of each side, each turning the open clause from red to green or back. */
export async function measureLoops(rounds: number): Promise<LoopFigures> {
  const copy = copyWorkbook();
  try {
    for (const side of ["server", "client"]) {
      cpSync(copy.at("solutions", slug, `${side}.ts`), copy.at("exercises", slug, `${side}.ts`));
    }
    const saves = await measureOurs(copy, rounds);
    const trivial = await measureVitest(copy, rounds, trivialSuite(copy));
    const vitest = await measureVitest(copy, rounds, exerciseSuite(copy));
    return { saves, vitest, trivial };
  } finally {
    copy.remove();
  }
}

/** What a slip makes of a file; it must make something. */
function withSlip(side: Side, text: string): string {
  const slipped = slips[side].slip(text);
  if (slipped === text) throw new Error(`The slip of the ${side} changes nothing any more.`);
  return slipped;
}

/** Output of a process, to be waited for from a point on. */
function listen(child: ChildProcess) {
  let text = "";
  let waiting: (() => void) | undefined;
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    waiting?.();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  return {
    clear: () => (text = ""),
    /** Resolves with the time at which all patterns have been seen. */
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

/** A command in a terminal of its own: script(1) makes one on Linux and macOS. */
function inTerminal(copy: Copy, command: string): ChildProcess {
  const line = `stty cols 100 rows 60; ${command}`;
  const args = process.platform === "darwin" ? ["-q", "/dev/null", "sh", "-c", line] : ["-qfc", line, "/dev/null"];
  return spawn("script", args, {
    cwd: copy.folder,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, CI: "", TERM: "xterm" },
  });
}

/** `npm run lesson 3` on the handed-out files: from the start of npm to the first failing clause on the screen, ms. */
export async function measureStart(copy: Copy): Promise<number> {
  const from = performance.now();
  const child = inTerminal(copy, "npm run -s lesson 3");
  const ended = once(child, "exit");
  try {
    return (await listen(child).until([slips.server.clause, /expected/])) - from;
  } finally {
    child.stdin?.write("q");
    await ended;
  }
}

async function measureOurs(copy: Copy, rounds: number): Promise<Record<Side, SaveFigures>> {
  const child = inTerminal(copy, "node workbook/main.js lesson 3");
  const screen = listen(child);
  const measure = async (side: Side): Promise<SaveFigures> => {
    const file = copy.at("exercises", slug, `${side}.ts`);
    const right = readFileSync(file, "utf8");
    const wrong = withSlip(side, right);
    const open: number[] = [];
    const all: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      screen.clear();
      let from = performance.now();
      writeFileSync(file, wrong);
      open.push((await screen.until([slips[side].clause, /expected/])) - from);
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

/** A suite, and a file whose texts make it fail and pass. */
interface Suite {
  readonly suite: string;
  readonly file: string;
  readonly wrong: string;
  readonly right: string;
}

/** One line, which is its own file. */
function trivialSuite(copy: Copy): Suite {
  const text = (value: number) =>
    `import { expect, test } from "vitest";\ntest("one", () => expect(${value}).toBe(1));\n`;
  const file = copy.at("test", "trivial.test.ts");
  return { suite: file, file, wrong: text(2), right: text(1) };
}

/** The same exercise, its scenarios and checks played by a suite that imports the learner's files. */
function exerciseSuite(copy: Copy): Suite {
  const text = `
import { expect, test } from "vitest";
import "../exercises/${slug}/server.ts";
import "../exercises/${slug}/client.ts";
import { findLesson, places } from "../workbook/content/catalogue.ts";
import { grade } from "../workbook/grade/grade.ts";
test("the exercise", async () => {
  const lesson = findLesson("3");
  const at = places(lesson.slug);
  const run = await grade(lesson, { server: at.mine("server"), client: at.mine("client") });
  expect(run.verdicts.filter((v) => v.verdict !== "pass").map((v) => v.clause)).toEqual([]);
});
`;
  const suite = copy.at("test", "bench.test.ts");
  writeFileSync(suite, text);
  const file = copy.at("exercises", slug, "server.ts");
  const right = readFileSync(file, "utf8");
  return { suite, file, wrong: withSlip("server", right), right };
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
