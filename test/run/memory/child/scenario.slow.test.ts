import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "./clients.ts";
import { world } from "../../../world.ts";
import { openBench, type Bench, type Played } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** A server with this handler. */
const server = (handler: string, top = "") => `${top}\nexport default { async fetch(request) { ${handler} } };`;
const bodies = ({ events }: Played) =>
  events.flatMap((event) => (event.is === "exchange" ? [event.exchange.response?.body] : []));
const settled = ({ events }: Played) => events.find(({ is }) => is === "resolved" || is === "rejected");

const chance = server(
  `const bytes = await new Promise((done, fail) => crypto2.randomBytes(4, (error, bytes) => (error ? fail(error) : done(bytes))));
   const filled = await new Promise((done) => crypto2.randomFill(new Uint16Array(2), (_, array) => done(array)));
   return Response.json([Math.random(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(3))], crypto2.randomUUID(), crypto2.randomInt(1000),
     bytes.toString("hex"), [...filled], crypto2.randomBytes(2).toString("hex"), [...crypto2.randomFillSync(new Uint8Array(4), 2)], [...getRandomValues(new Uint8Array(2))]]);`,
  `import crypto2, { getRandomValues } from "node:crypto";`,
);

test("random values are the same for the same seed and scenario, in every child, warm or not, and whatever was played before", async () => {
  const first = bodies(await bench.play("server: one request", chance));
  await bench.play("server: three requests", chance);
  const again = bodies(await bench.play("server: one request", chance));
  const other = await openBench({ warm: true });
  try {
    const elsewhere = bodies(await other.play("server: one request", chance));
    expect(again).toEqual(first);
    expect(elsewhere).toEqual(first);
  } finally {
    await other.close();
  }
  const seeded = bodies(await bench.play("server: one request", chance, { world: { ...world, seed: 2 } }));
  expect(seeded).not.toEqual(first);
  const [uuid] = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/.exec(first[0] ?? "") ?? [];
  expect(uuid).toBeDefined();
});

test("every scenario begins at the same instant, by every clock", async () => {
  const code = server(
    `return Response.json([at, Date.now(), performance.now(), process.uptime(), new Date().getTimezoneOffset()]);`,
    `const at = new Date().toISOString();`,
  );
  const first = bodies(await bench.play("server: one request", code));
  await bench.play("server: three requests", code);
  expect(bodies(await bench.play("server: one request", code))).toEqual(first);
  expect(JSON.parse(first[0] ?? "")).toEqual([
    "2026-01-05T09:00:00.250Z",
    Date.UTC(2026, 0, 5, 9, 0, 0, 250),
    1000,
    1,
    -345,
  ]);
});

test("a module is fresh for each scenario, and knows where it lies", async () => {
  const code = server(
    `return Response.json([++asked, import.meta.url, import.meta.filename, import.meta.dirname]);`,
    `let asked = 0;`,
  );
  for (let times = 0; times < 2; times++) {
    const [body] = bodies(await bench.play("server: one request", code));
    expect(JSON.parse(body ?? "")).toEqual([
      1,
      expect.stringMatching(/^file:.*server\.ts$/),
      expect.stringMatching(/server\.ts$/),
      process.cwd(),
    ]);
  }
});

test("printed text is recorded with its side and time, and cut at 64 KiB", async () => {
  const code = server(
    `console.log("out"); console.error("err"); process.stdout.write(Buffer.from("raw")); return new Response();`,
  );
  const { events } = await bench.play("server: three requests", code);
  const printed = events.flatMap((event) => (event.is === "printed" ? [event] : []));
  expect(printed.slice(0, 3).map(({ text, from, atMs }) => [text, from, atMs])).toEqual([
    ["out\n", "server", 0],
    ["err\n", "server", 0],
    ["raw", "server", 0],
  ]);
  expect(printed.at(-1)?.atMs).toBe(2000);
  const flood = await bench.play(
    "server: one request",
    server(`for (let i = 0; i < 20000; i++) console.log("x".repeat(99)); return new Response();`),
  );
  const texts = flood.events.flatMap((event) => (event.is === "printed" ? [event.text] : []));
  expect(texts.join("").length).toBeLessThan(66_000);
  expect(texts.length).toBeLessThan(700);
  expect(texts.at(-1)).toContain("1934464 characters more");
});

test("probes count what a server holds, and its jobs", async () => {
  const code = server(
    `jobs = new Map([[1, 1]]); setTimeout(() => {}, 5000); return new Response();`,
    `export let jobs = new Map(); setInterval(() => {}, 1000);`,
  );
  const { events } = await bench.play("server: probes", code);
  const probes = events.flatMap((event) => (event.is === "probe" ? [[event.name, event.value, event.atMs]] : []));
  expect(probes).toEqual([
    ["timers", 1, 0],
    ["jobs.size", 0, 0],
    ["jobs.size", 1, 0],
    ["timers", 1, 10_000],
  ]);
});

test("a server that listens by itself counts as no leftover, and may do so in every scenario", async () => {
  const code = `import { serve } from "@hono/node-server"; serve({ fetch: () => new Response(), port: 3000 }); export default { fetch: () => new Response() };`;
  for (let times = 0; times < 2; times++) {
    const { events, problem, done } = await bench.play("server: probes", code);
    expect(problem).toBeNull();
    expect(events.find((event) => event.is === "probe")).toMatchObject({ name: "timers", value: 0 });
    expect(done).toMatchObject({ unclean: null, fault: null });
  }
});

test("a pause is the longest real time that one turn took", async () => {
  const spin = (ms: number) =>
    `setTimeout(() => { const end = process.cpuUsage().user + ${ms} * 1000; while (process.cpuUsage().user < end); }, 500); export default { fetch() {} };`;
  const values = [];
  for (const ms of [0, 60]) {
    const { events } = await bench.play("server: a pause", spin(ms), { loopMs: 0, memoryMb: 0 });
    values.push(Number(events.flatMap((event) => (event.is === "probe" ? [event.value] : []))[0]));
  }
  expect(values[0]).toBeLessThan(40);
  expect(values[1]).toBeGreaterThan(55);
});

test.each([
  [
    "client: abort in a poll, given",
    `await fetch(base + "/reports", { method: "POST" }); await fetch(base + "/x", options);`,
    { isReason: true, cause: null },
  ],
  [
    "client: abort in a wait, given",
    `await fetch(base + "/reports", { method: "POST" }); await (await fetch(base + "/x", options)).text(); await pause(30000, undefined, options);`,
    { name: "AbortError", isReason: false, cause: { isReason: true } },
  ],
])("the child decides whether an error is the signal's reason: %s", async (scenario, body, error) => {
  const played = await bench.play(scenario, clientOf({ body }));
  expect(played.events).toContainEqual({ is: "aborted", atMs: 2000 });
  expect(settled(played)).toMatchObject({ is: "rejected", atMs: 2000, error });
});

test("a signal may be aborted before the call, and a deadline is passed on", async () => {
  const before = await bench.play("client: aborted before", clientOf({ body: `options.signal.throwIfAborted();` }));
  expect(before.events.slice(0, 2)).toMatchObject([
    { is: "aborted", atMs: 0 },
    { is: "rejected", error: { isReason: true } },
  ]);
  const options = await bench.play("client: with a deadline", clientOf({ body: `return [base, params, options];` }));
  expect(settled(options)).toMatchObject({
    json: expect.stringMatching(/^\["http:\/\/127\.0\.0\.1:\d+",\{"genre":"poetry"\},\{"timeoutMs":2000\}\]$/),
  });
});

test.each([
  [
    "a value that throws when it is read",
    `return { get a() { throw new Error("no"); } };`,
    { is: "resolved", type: "object", json: null },
  ],
  ["undefined", `return undefined;`, { is: "resolved", type: "undefined", json: null }],
  [
    "a thenable that throws",
    `return { then() { throw new Error("then"); } };`,
    { is: "rejected", error: { message: "then", isError: true } },
  ],
  [
    "a proxy that throws",
    `throw new Proxy({}, { get() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); } });`,
    { is: "rejected", error: { isError: false, message: "something that cannot be shown as text" } },
  ],
  ["no reason", `throw undefined;`, { is: "rejected", error: { isError: false, message: "undefined" } }],
  [
    "an Error with a status and a cause",
    `throw Object.assign(new Error("a", { cause: new TypeError("b") }), { response: { status: 418 } });`,
    { is: "rejected", error: { status: 418, cause: { name: "TypeError" } } },
  ],
  [
    "a cause that is its own",
    `const e = new Error("a"); e.cause = e; throw e;`,
    { is: "rejected", error: { message: "a" } },
  ],
  ["a URL without a base", `await fetch("/jobs/1");`, { is: "rejected", error: { isInvalidUrl: true } }],
  ["new URL without a base", `new URL("/jobs/1");`, { is: "rejected", error: { isInvalidUrl: true } }],
  ["a JSON parser's message", `JSON.parse("<html>");`, { is: "rejected", error: { isParserMessage: true } }],
])("the outcome of a client's promise is plain data: %s", async (_, body, expected) => {
  expect(settled(await bench.play("client: normal", clientOf({ body })))).toMatchObject(expected);
});

test.each([
  ["a global", `globalThis.left = 1;`, "globalThis.left was added"],
  ["a replaced fetch", `globalThis.fetch = () => {};`, "globalThis.fetch was changed"],
  ["a prototype", `Array.prototype.last = 1;`, "Array.prototype.last was added"],
  ["console", `console.log = () => {};`, "console.log was changed"],
  ["an environment variable", `process.env.LEFT = "1";`, "process.env.LEFT was added"],
  ["a listener", `process.on("exit", () => {});`, "listeners of process for exit"],
  ["the folder", `process.chdir("/");`, "the working directory was changed"],
  ["Math.random", `Math.random = () => 4;`, "Math.random was changed"],
  ["a file that is watched", `const { watch } = await import("node:fs"); watch(".");`, "is still at work"],
])("a scenario that changes what the next one would see makes its child unclean: %s", async (_, code, why) => {
  const { done } = await bench.play("server: one request", server("return new Response();", code));
  expect(done).toMatchObject({ unclean: expect.stringContaining(why), fault: null });
});

test.each([
  ["timers", `setInterval(() => {}, 100); setTimeout(() => {}, 1e9);`],
  [
    "a worker",
    `const { Worker } = await import("node:worker_threads"); new Worker("setInterval(() => {}, 1000)", { eval: true });`,
  ],
  ["a server that listens", `const http = await import("node:http"); http.createServer().listen(4000);`],
  ["a chain of timers", `(async () => { for (;;) await new Promise((done) => setTimeout(done, 10)); })();`],
])("what can be ended is ended, and the next scenario finds a clean child: %s", async (_, code) => {
  const { done } = await bench.play("server: one request", server("return new Response();", code));
  expect(done).toMatchObject({ unclean: null, fault: null });
});

test("a client that goes on after the end does not disturb the next scenario", async () => {
  const stale = clientOf({ body: `for (;;) { try { await fetch(base + "/x"); } catch {} }` });
  const first = await bench.play("client: for ever", stale);
  expect(first.done).toMatchObject({ unclean: "the client goes on asking after the end" });
  const lab = await bench.lab();
  const race = clientOf({
    body: `return Promise.race([fetch(base + "/x"), new Promise((done) => setTimeout(done, 1000, { late: true }))]);`,
  });
  expect(settled(await lab.play("client: silent", race))).toMatchObject({ is: "resolved", atMs: 1000 });
  const next = await lab.play(
    "client: normal",
    clientOf({ body: `return (await fetch(base + "/reports", { method: "POST" })).status;` }),
  );
  expect(settled(next)).toMatchObject({ is: "resolved", atMs: 0, json: "202" });
});

test("a worker thread written in TypeScript runs, on the same clock", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "worker-")), "worker.ts");
  writeFileSync(
    file,
    `import { parentPort } from "node:worker_threads"; const ms: number = 5000; setTimeout(() => parentPort?.postMessage("done"), ms);`,
  );
  const top = `import { Worker } from "node:worker_threads"; import { once } from "node:events";`;
  const code = server(
    `const [said] = await once(new Worker(${JSON.stringify(file)}), "message"); return new Response(said);`,
    top,
  );
  const played = await bench.play("server: one request", code);
  rmSync(path.dirname(file), { recursive: true });
  expect(bodies(played)).toEqual(["done"]);
  expect(played.events).toMatchObject([{ exchange: { doneMs: 5000 } }]);
});

test("the same file played twice gives the same recording, byte for byte", async () => {
  const code = server(`return Response.json({ id: crypto.randomUUID(), at: new Date() }, { status: 202 });`);
  const [one, two] = [
    await bench.play("server: three requests", code),
    await bench.play("server: three requests", code),
  ];
  expect(JSON.stringify(two.events)).toBe(JSON.stringify(one.events));
});
