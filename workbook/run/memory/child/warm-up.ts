/** Plays a small server and client of our own before the first order, so that Hono, zod, fetch and V8 are warm by then. */
import v8 from "node:v8";
import vm from "node:vm";
import type { HeaderPair } from "../../../contract/model/recording.ts";
import type { Scenario } from "../../../contract/model/scenario.ts";
import type { World } from "../../../contract/model/world.ts";
import type { Answer } from "../../../contract/model/script.ts";
import type { Order } from "../protocol.ts";
import { loadAhead } from "./modules.ts";
import { playOrder } from "./player.ts";

/** Each of the first five makes the next run faster; it costs some 20 ms. */
const rounds = 5;
/** The watchdog warms up too: it looks, and never has a reason to bark. */
const unreached = { loopMs: 1e9, realMs: 1e9, memoryMb: 2_000 };

const server = `
import { Hono } from "hono";
import { z } from "zod";
const params = z.object({ genre: z.string().optional(), kind: z.enum(["summary", "full"]).default("full") });
export const jobs = new Map();
const app = new Hono();
app.post("/reports", async (c) => {
  const found = params.safeParse(await c.req.json().catch(() => undefined));
  if (!found.success) return c.json({ error: z.prettifyError(found.error) }, 400);
  const job = { id: crypto.randomUUID(), status: "processing" };
  jobs.set(job.id, job);
  setTimeout(() => jobs.set(job.id, { ...job, status: "completed", result: { at: new Date().toISOString() } }), 5000);
  return c.json(job, 202, { Location: "/reports/" + job.id, "Retry-After": "1" });
});
app.get("/reports/:id", (c) => {
  const job = jobs.get(c.req.param("id"));
  return job ? c.json(job, 200, { "Cache-Control": "no-store" }) : c.json({ error: "unknown" }, 404);
});
export default app;
`;

const client = `
import { z } from "zod";
const state = z.discriminatedUnion("status", [
  z.object({ status: z.literal("processing") }),
  z.object({ status: z.literal("completed"), result: z.looseObject({}) }),
]);
export async function runReport(baseUrl, params, { timeoutMs = 60000, signal } = {}) {
  const limits = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(params), signal: limits };
  const accepted = await fetch(new URL("/reports", baseUrl), options);
  await accepted.text();
  const location = new URL(accepted.headers.get("location"), accepted.url);
  for (;;) {
    const response = await fetch(location, { signal: limits });
    const job = state.parse(await response.json());
    if (job.status === "completed") return job.result;
    await new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, 1000 * Number(response.headers.get("retry-after")));
      limits.addEventListener("abort", () => (clearTimeout(timer), reject(limits.reason)), { once: true });
    });
  }
}
`;

const json: HeaderPair = ["content-type", "application/json; charset=utf-8"];

function answer(method: string, gets: number): Answer {
  if (method === "POST") return { status: 202, headers: [json, ["location", "/reports/1"]], body: `{"id":"1"}` };
  if (gets > 2) return { status: 200, headers: [json], body: `{"id":"1","status":"completed","result":{}}` };
  return { status: 200, headers: [json, ["retry-after", "3"]], body: `{"id":"1","status":"processing"}` };
}

const scenarios: readonly Scenario[] = [
  {
    name: "heat: server",
    side: "server",
    about: "orders reports and asks for them",
    async play(bench) {
      await bench.send({ label: "bad", method: "POST", url: "/reports", body: `{"genre":` });
      for (const genre of ["poetry", "travel"]) {
        const post = await bench.send({
          label: "post",
          method: "POST",
          url: "/reports",
          body: JSON.stringify({ genre }),
        });
        const location = post.response?.headers.find(([name]) => name === "location")?.[1] ?? "/reports/none";
        for (let polls = 0; polls < 4; polls++) {
          await bench.wait(1700);
          await bench.send({ label: "get", method: "GET", url: location });
        }
      }
      await bench.probe("timers");
    },
  },
  {
    name: "heat: client",
    side: "client",
    about: "polls, and is aborted",
    async play(bench) {
      const params = { genre: "poetry" };
      await bench.run({ params, script: { answer: ({ method }, { gets }) => answer(method, gets) }, watchMs: 1000 });
      const silent = { ...answer("GET", 0), never: true };
      const script = { answer: ({ method }: { method: string }) => (method === "POST" ? answer(method, 0) : silent) };
      await bench.run({ params, options: { timeoutMs: 2000 }, script });
    },
  },
];

/**
 * Takes some 150 ms; nothing of it is told.
 * @param enough asked before each scenario: somebody waits, and what is warm by now must do
 */
export async function heat(enough: () => boolean): Promise<void> {
  await loadAhead(["hono", "zod"]);
  const world: World = {
    clock: "virtual",
    seed: 0,
    books: [],
    graded: [],
    privatePaths: [],
    origin: "http://127.0.0.1:8202",
  };
  for (let round = 0; round < rounds; round++) {
    for (const scenario of scenarios) {
      if (enough()) return;
      const code = scenario.side === "server" ? server : client;
      const bundle = { file: `${process.cwd()}/${scenario.side}.ts`, code };
      const order: Order = {
        id: 0,
        scenario: scenario.name,
        world,
        server: bundle,
        client: bundle,
        ...unreached,
        trace: false,
      };
      await playOrder(order, scenario);
    }
  }
  collectGarbage();
}

/** What warming up has left would else be collected in the middle of the first scenario, which somebody waits for. */
function collectGarbage(): void {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc") as () => void;
  v8.setFlagsFromString("--no-expose-gc");
  collect();
}
