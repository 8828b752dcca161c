import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, clients } from "./clients.ts";
import { openBench, type Bench } from "./harness.ts";
import { serverOf, styles } from "./servers.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ flags: [] });
});
afterAll(() => bench.close());

test("where Node's timers are out of reach, the child says so", async () => {
  const { ready } = await bench.lab();
  expect(ready.waits).toMatch(/falls back to fake timers/);
});

test.each([
  "setTimeout",
  "timers/promises",
  "scheduler.wait",
  "the state from a timestamp",
  "AbortSignal.timeout",
  "real work first",
])("and the usual ways to wait still take their time: %s", async (name) => {
  const style = styles[name];
  if (!style) throw new Error(`There is no style ${name}.`);
  const { events, problem } = await bench.play("server: one job", serverOf(style));
  expect(problem).toBeNull();
  const states = events.flatMap((event) =>
    event.is === "exchange" && event.exchange.label.startsWith("get")
      ? [/"status":"(.)/.exec(event.exchange.response?.body ?? "")?.[1]]
      : [],
  );
  expect(states).toEqual(["p", "p", "c"]);
});

test.each(["fetch", "node:http", "a deadline by a signal"])(
  "and a client's requests come at exact times: %s",
  async (name) => {
    const style = clients[name];
    if (!style) throw new Error(`There is no client ${name}.`);
    const { events } = await bench.play(`client: ${style.script}`, clientOf(style));
    const times = events.flatMap((event) => (event.is === "exchange" ? [event.exchange.sentMs] : []));
    expect(times.join(" ")).toBe(style.expected.split(",")[0]);
  },
);
