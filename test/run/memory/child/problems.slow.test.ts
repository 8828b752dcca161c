import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFile } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "./clients.ts";
import { openBench, type Bench, type Played } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** A server with something at its top and something in its handler; line 3 is the first of the handler. */
const server = (handler: string, top = "") =>
  `import { Worker } from "node:worker_threads"; import childProcess from "node:child_process"; import net from "node:net"; ${top}
export default { async fetch(request) {
${handler}
return new Response("done");
} };`;

const line = ({ problem }: Played) => problem?.frames.find(({ url }) => url.startsWith("learner:"))?.line;

test.each([
  ["in a handler", "server: one request", server(`let n = 0; while (true) n++;`), 3],
  ["in a callback of map", "server: one request", server(`[1].map(() => { for (;;); });`), 3],
  ["of microtasks", "server: one request", server(`for (;;) await null;`), 3],
  ["at its top level", "server: one request", server("", "while (true);"), 1],
  ["by a regular expression", "server: one request", server(`/^(a+)+$/.test("a".repeat(40) + "b");`), 3],
  ["in a client", "client: normal", clientOf({ body: "while (true);" }), 3],
])("an endless loop %s is stopped with its line", async (_, scenario, code, expected) => {
  const played = await bench.play(scenario, code, { loopMs: 200 });
  expect(played.problem?.kind).toBe("loop");
  expect(line(played)).toBe(expected);
});

test("a loop is reported soon after its limit", async () => {
  await bench.lab();
  const { realMs } = await bench.play("server: one request", server("for (;;);"), { loopMs: 300 });
  expect(realMs).toBeGreaterThan(300);
  // The benchmark measures how soon on an idle machine.
  expect(realMs).toBeLessThan(5000);
});

test("a call into Node that does not return is a loop with no line", async () => {
  const body = `const { pbkdf2Sync } = await import("node:crypto"); pbkdf2Sync("a", "b", 1e9, 64, "sha512");`;
  const { problem } = await bench.play("server: one request", server(body), { loopMs: 200 });
  expect(problem).toMatchObject({ kind: "loop", frames: [] });
});

test("turns without end are stopped when the scenario's real time is over", async () => {
  const body = `for (;;) await new Promise(setImmediate);`;
  const { problem } = await bench.play("server: one request", server(body), { realMs: 500 });
  expect(problem?.kind).toBe("loop");
});

test("many turns are no loop", async () => {
  const body = `const end = process.cpuUsage().user + 500000; while (process.cpuUsage().user < end) await new Promise(setImmediate);`;
  const { problem } = await bench.play("server: one request", server(body), { loopMs: 200 });
  expect(problem).toBeNull();
});

test("real work of more than a second is no loop", async () => {
  const body = `const { scrypt } = await import("node:crypto"); await new Promise((done) => scrypt("a", "b", 64, { N: 2 ** 17, r: 16, maxmem: 2 ** 30 }, done));`;
  const { problem } = await bench.play("server: one request", server(body), { loopMs: 200, memoryMb: 2000 });
  expect(problem).toBeNull();
});

test.skipIf(process.platform === "win32")(
  "an endless real wait is a problem of the clock, and names what it waits for",
  async () => {
    const body = `const { execFileSync } = await import("node:child_process"); const { mkdtempSync, promises } = await import("node:fs");
    const pipe = mkdtempSync((await import("node:os")).tmpdir() + "/pipe-") + "/p"; execFileSync("mkfifo", [pipe]); await promises.readFile(pipe);`;
    const { problem } = await bench.play("server: one request", server(body), { loopMs: 200, realMs: 20_000 });
    expect(problem).toMatchObject({ kind: "clock", message: expect.stringContaining("FSReqPromise") });
  },
);

test.skipIf(process.platform === "win32")(
  "a call that the system holds up is no loop as long as it uses no processor time",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "accepted-pipe-"));
    const pipe = path.join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const body = `const { readFileSync } = await import("node:fs"); readFileSync(${JSON.stringify(pipe)});`;
    await bench.lab();
    const playing = bench.play("server: one request", server(body), { loopMs: 500 });
    setTimeout(() => writeFile(pipe, "at last", () => {}), 2_500);
    const { problem, realMs } = await playing;
    rmSync(folder, { recursive: true });
    expect(problem).toBeNull();
    expect(realMs).toBeGreaterThan(1_000);
  },
);

test.each([
  ["JavaScript's", `const all = []; for (;;) all.push(new Array(1000).fill("x"));`],
  ["buffers'", `const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));`],
])("endless growth of %s memory is reported", async (_, body) => {
  const { problem } = await bench.play("server: one request", server(body), { memoryMb: 200, loopMs: 5000 });
  expect(problem?.kind).toBe("memory");
});

test.each([
  ["process.exit(3)", "process.exit(3)"],
  ["process.abort()", "process.abort()"],
  [`process.kill(process.pid, "SIGTERM")`, `process.kill(process.pid, "SIGTERM")`],
  ["process.exitCode = 1; process.reallyExit(1)", "process.reallyExit(1)"],
])("%s is reported with its line, before the process ends", async (code, message) => {
  const played = await bench.play("server: one request", server(`${code};`));
  expect(played.problem).toMatchObject({ kind: "exit", message });
  expect(line(played)).toBe(3);
  expect(played.events).toContainEqual(
    expect.objectContaining({
      is: "exchange",
      exchange: expect.objectContaining({ failure: expect.objectContaining({ kind: "ended" }) }),
    }),
  );
});

test.each([
  ["a throw in a timer", `setTimeout(() => { throw new Error("late"); }, 100);`, { message: "Error: late" }, 3],
  [
    "an unhandled rejection",
    `void (async () => { throw new TypeError("lost"); })();`,
    { message: "TypeError: lost", isRejection: true },
    3,
  ],
  ["a rejection with no reason", `void Promise.reject();`, { message: "undefined", isRejection: true }, undefined],
  [
    "a rejection with what is no Error",
    `void Promise.reject({ code: 7 });`,
    { message: `{"code":7}`, isRejection: true },
    undefined,
  ],
])("%s ends the server, and is reported with its line", async (_, body, problem, expected) => {
  const played = await bench.play("server: three requests", server(body));
  expect(played.problem).toMatchObject({ kind: "throw", ...problem });
  expect(line(played)).toBe(expected);
});

test("a second pass reports where a value was thrown that is no Error", async () => {
  const body = `setTimeout(() => {\nthrow { code: 7 };\n}, 100);`;
  const { problem, traced } = await bench.play("server: three requests", server(body), { trace: true });
  expect(problem?.kind).toBe("throw");
  expect(traced.at(-1)).toMatchObject({
    what: "thrown",
    frames: expect.arrayContaining([expect.objectContaining({ url: "learner:server", line: 4 })]),
  });
});

test("with a listener of the subject's own, the error is recorded and the server goes on", async () => {
  const top = `process.on("unhandledRejection", () => {}); process.on("uncaughtException", () => {});`;
  const body = `void Promise.reject(new Error("swallowed")); setTimeout(() => { throw new Error("caught"); }, 100);`;
  const { events, problem } = await bench.play("server: three requests", server(body, top));
  expect(problem).toBeNull();
  const unhandled = events.flatMap((event) => (event.is === "unhandled" ? [event.error.message] : []));
  expect(unhandled).toEqual(["swallowed", "caught", "swallowed", "caught", "swallowed", "caught"]);
  expect(events.filter(({ is }) => is === "exchange")).toHaveLength(3);
});

test.each([
  ["no default export", "server: one request", "export const app = 1;", "export", /^$/],
  ["a function as default export", "server: one request", "export default () => {};", "export", /^$/],
  ["no runReport", "client: normal", "export const run = 1;", "export", /^$/],
  ["a throw at its top", "client: normal", `throw new Error("at once");`, "throw", /at once/],
  [
    "an export that a package does not have",
    "server: one request",
    `import { nothing } from "hono"; nothing();`,
    "syntax",
    /does not provide an export named 'nothing'/,
  ],
  ["a package that is not there", "server: one request", `import "file:///nowhere/x.js";`, "throw", /nowhere/],
  ["an await that never ends", "server: one request", `await new Promise(() => {});`, "import", /top level/],
])(
  "a module with %s is a problem, and the parent finds the words for a missing export",
  async (_, scenario, code, kind, message) => {
    const { problem } = await bench.play(scenario, code);
    expect(problem).toMatchObject({ kind, message: expect.stringMatching(message) });
  },
);

test("a fetch that rejects, or gives no Response, is a 500", async () => {
  for (const body of [`throw new Error("broken");`, `return { status: 200 };`]) {
    const { events, problem } = await bench.play("server: one request", server(body));
    expect(problem).toBeNull();
    const exchange = { response: { status: 500 }, failure: { kind: "threw" }, doneMs: 0 };
    expect(events).toMatchObject([{ is: "exchange", exchange }]);
  }
});

test("an answer that never comes is reported at once, also if the server keeps an interval", async () => {
  for (const top of ["", "setInterval(() => {}, 1000).unref();"]) {
    const { events, realMs } = await bench.play("server: one request", server(`await new Promise(() => {});`, top));
    expect(events).toMatchObject([
      { is: "exchange", exchange: { response: null, failure: { kind: "never" }, doneMs: null } },
    ]);
    expect(realMs).toBeLessThan(1000);
  }
});

test("work that sleeps in a child process is a problem of the clock, with its line", async () => {
  const sleeps = `const { promise, resolve } = Promise.withResolvers?.() ?? (() => { let resolve; const promise = new Promise((r) => (resolve = r)); return { promise, resolve }; })();`;
  for (const call of [
    `childProcess.execFile("sleep", ["3"], resolve); await promise;`,
    `childProcess.execSync("sleep 3");`,
  ]) {
    const played = await bench.play("server: one request", server(`${sleeps}\n${call}`));
    expect(played.problem).toMatchObject({ kind: "clock", message: expect.stringMatching(/child process/) });
    expect(line(played)).toBe(4);
  }
});
