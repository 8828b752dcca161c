import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBench, type Bench } from "./harness.ts";
import { handlerOf, waits, works } from "./subjects.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({
    flags: ["--expose-internals", "--require", path.join(import.meta.dirname, "captured.cjs")],
  });
});
afterAll(() => bench.close());

/** Virtual ms from request to answer; an Error where there was none. */
async function latency(body: string): Promise<number | Error> {
  const { events, problem } = await bench.play("server: one request", handlerOf(body));
  const last = events.findLast((event) => event.is === "exchange");
  if (problem) return new Error(`${problem.kind}: ${problem.message}`);
  if (last?.is !== "exchange" || last.exchange.doneMs === null || last.exchange.failure) {
    return new Error(last?.is === "exchange" ? last.exchange.failure?.message : "There was no exchange.");
  }
  return last.exchange.doneMs - last.exchange.sentMs;
}

test.each(Object.entries(waits))("5 s take 5 s: %s", async (_, body) => {
  expect(await latency(body)).toBe(5000);
});

test.each(Object.entries(works))("real work takes no virtual time: %s", async (_, body) => {
  expect(await latency(body)).toBe(0);
});
