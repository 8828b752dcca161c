/** The child's entry for tests, with scenarios of their own. */
import type { HeaderPair } from "../../../../workbook/contract/model/recording.ts";
import type { Scenario } from "../../../../workbook/contract/model/scenario.ts";
import type { ServerBench } from "../../../../workbook/contract/model/bench.ts";
import type { Answer, ClientCall, Script } from "../../../../workbook/contract/model/script.ts";
import { start } from "../../../../workbook/run/memory/child/start.ts";

const json: HeaderPair = ["content-type", "application/json"];
const accepted: Answer = { status: 202, headers: [json, ["location", "/jobs/1"]], body: `{"id":"1"}`, delayMs: 0 };
const processing: Answer = {
  status: 200,
  headers: [json, ["retry-after", "5"]],
  body: `{"status":"processing"}`,
  delayMs: 0,
};
const completed: Answer = { status: 200, headers: [json], body: `{"status":"completed","result":{"n":1}}`, delayMs: 0 };

/** Answers the POST, and polls by their number from 1. */
const script = (poll: (n: number, url: string) => Answer, delayMs = 0): Script => ({
  answer: ({ method, url }, { gets }) => ({
    delayMs,
    ...(method === "POST" ? accepted : poll(gets, url)),
    ...(delayMs > 0 && { delayMs }),
  }),
});

const never: Answer = { ...processing, never: true };
const scripts: Readonly<Record<string, Script>> = {
  normal: script((n) => (n > 3 ? completed : processing)),
  "for ever": script(() => processing),
  silent: script(() => never),
  cut: script((n) => (n === 2 ? { ...processing, cut: "before" } : n > 3 ? completed : processing)),
  "half a body": script(() => ({ ...processing, cut: "body" })),
  "see other": script((n, url) =>
    url.endsWith("/result")
      ? completed
      : n > 1
        ? { status: 303, headers: [["location", "/result"]], body: "", delayMs: 0 }
        : processing,
  ),
  large: script((n) =>
    n > 1
      ? { ...completed, body: JSON.stringify({ status: "completed", result: { x: "y".repeat(2e6) } }) }
      : processing,
  ),
  slow: script((n) => (n > 2 ? completed : processing), 1500),
  /** Completed at the first poll, so that only what the client does at once shows. */
  quick: script(() => completed),
  "abort in a poll": script(() => ({ ...never, abortAfterMs: 2000 })),
  "abort in a wait": script(() => ({ ...processing, abortAfterMs: 2000 })),
};

const client = (name: string, used: string, call: Partial<ClientCall> = {}): Scenario => ({
  name: `client: ${name}`,
  side: "client",
  about: name,
  play: (bench) => bench.run({ script: scripts[used] ?? never1(used), params: { genre: "poetry" }, ...call }),
});

function never1(name: string): never {
  throw new Error(`There is no script ${name}.`);
}

const server = (name: string, play: (bench: ServerBench) => Promise<void>, heavy = false): Scenario => ({
  name: `server: ${name}`,
  side: "server",
  about: name,
  heavy,
  play,
});

const get = (bench: ServerBench, url = "/") => bench.send({ label: "get", method: "GET", url });

const list: readonly Scenario[] = [
  ...Object.keys(scripts).map((name) => client(name, name)),
  client("quick, then watched", "quick", { watchMs: 120_000 }),
  client("with a deadline", "silent", { options: { timeoutMs: 2000 } }),
  client("aborted before", "normal", { options: { signal: "aborted-before" } }),
  client("abort in a poll, given", "abort in a poll", { options: { signal: "given" } }),
  client("abort in a wait, given", "abort in a wait", { options: { signal: "given" } }),
  server("one request", async (bench) => void (await get(bench))),
  server("three requests", async (bench) => {
    for (let i = 0; i < 3; i++) {
      await get(bench);
      await bench.wait(1000);
    }
  }),
  server("one job", async (bench) => {
    const posted = await bench.send({ label: "post", method: "POST", url: "/reports", body: "{}" });
    const location = posted.response?.headers.find(([name]) => name === "location")?.[1] ?? "/nowhere";
    for (const at of [1000, 4999, 5001]) {
      await bench.until(at);
      await get(bench, location);
    }
  }),
  server("probes", async (bench) => {
    await bench.probe("timers");
    await bench.probe("jobs.size");
    await get(bench);
    await bench.probe("jobs.size");
    await bench.wait(10_000);
    await bench.probe("timers");
  }),
  server("a pause", (bench) => bench.pause(1000), true),
];

void start(new Map(list.map((scenario) => [scenario.name, scenario])));
