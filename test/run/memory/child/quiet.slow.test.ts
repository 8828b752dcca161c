import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "./clients.ts";
import { openBench, type Bench } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const clean = `const r = await fetch(base + "/x"); await r.text();`;

test.each([
  ["a clean fetch", clean, 0],
  ["a body that nobody reads", `await fetch(base + "/x");`, 0],
  ["an interval", `${clean} setInterval(() => {}, 1000);`, 1],
  ["an interval that is unref'ed", `${clean} setInterval(() => {}, 1000).unref();`, 0],
  ["a forgotten timeout of a minute", `${clean} setTimeout(() => {}, 60000);`, 1],
  ["AbortSignal.timeout", `await fetch(base + "/x", { signal: AbortSignal.timeout(60000) });`, 0],
  ["timers/promises in a race", `await Promise.race([fetch(base + "/x"), pause(60000)]);`, 1],
  [
    "a keep-alive agent",
    `const agent = new http.Agent({ keepAlive: true }); await new Promise((done) => http.get(base + "/x", { agent }, (r) => r.resume().on("end", done)));`,
    0,
  ],
  ["a socket left open", `${clean} net.connect(new URL(base).port, "127.0.0.1");`, 1],
  ["a server left listening", `${clean} http.createServer().listen(0);`, 1],
])("what keeps a client's process alive is counted: %s", async (_, body, expected) => {
  const { events } = await bench.play("client: quick", clientOf({ body }));
  expect(events).toContainEqual({ is: "probe", atMs: 0, name: "timers", value: expected });
});

test("a second pass reports where a leftover timer, socket or server was started", async () => {
  const strays = [
    `setInterval(() => {}, 1000);`,
    `net.connect(new URL(base).port, "127.0.0.1");`,
    `http.createServer().listen(0);`,
  ];
  const { traced } = await bench.play("client: quick", clientOf({ body: `\n${strays.join("\n")}\n` }), { trace: true });
  const found = traced.map(({ what, frames }) => `${what} ${frames.find(({ url }) => url === "learner:client")?.line}`);
  expect(found).toEqual(["setInterval 4", "connection 5", "listening server 6"]);
});

test("requests after the end are seen for as long as the scenario watches", async () => {
  const body = `${clean} setInterval(() => fetch(base + "/late"), 50_000).unref();`;
  const { events } = await bench.play("client: quick, then watched", clientOf({ body }));
  const late = events.flatMap((event) =>
    event.is === "exchange" && event.exchange.request.url.endsWith("/late") ? [event.exchange.sentMs] : [],
  );
  expect(late).toEqual([50_000, 100_000]);
});
