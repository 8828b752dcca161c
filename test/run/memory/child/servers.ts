/** Servers of many styles, each with its expected times: latency of the POST, last "processing", first "completed". */

interface Style {
  /** Body of an async function that resolves to the result. */
  readonly work?: string;
  /** Put in front of the module. */
  readonly top?: string;
  /** The expression for a new id. Default randomUUID. */
  readonly id?: string;
  /** The handler awaits the work. */
  readonly awaits?: boolean;
  /** The end of the module. Default: exports the app. */
  readonly end?: string;
  readonly expected: string;
}

const right = "0 4999 5001";
const held = "5000 - 5000";

const byTime = (clock: string) => `const begun = new Map();
  const app2 = new Hono();
  app2.post("/reports", (c) => { const id = crypto.randomUUID(); begun.set(id, ${clock}); return c.json({ id, status: "processing" }, 202, { location: "/reports/" + id }); });
  app2.get("/reports/:id", (c) => { const id = c.req.param("id"); return c.json(${clock} - begun.get(id) >= 5000 ? { id, status: "completed" } : { id, status: "processing" }); });
  export default app2;`;

export const styles: Readonly<Record<string, Style>> = {
  setTimeout: { work: `return new Promise((done) => setTimeout(done, 5000, {}));`, expected: right },
  "timers/promises": { work: `return sleep(5000, {});`, expected: right },
  promisify: { work: `return util.promisify(setTimeout)(5000, {});`, expected: right },
  "scheduler.wait": { work: `await scheduler.wait(5000); return {};`, expected: right },
  "five ticks of an interval": {
    work: `let n = 0; for await (const _ of setInterval2(1000)) if (++n === 5) return {};`,
    expected: right,
  },
  "the state from a timestamp": { end: byTime("Date.now()"), expected: right },
  "the state from performance.now": { end: byTime("performance.now()"), expected: right },
  "a queue drained every 100 ms": {
    top: `const queue = []; setInterval(() => { const job = queue[0]; if (job && Date.now() - job.at >= 5000) { queue.shift(); job.done({}); } }, 100).unref();`,
    work: `return new Promise((done) => queue.push({ at: Date.now(), done }));`,
    expected: right,
  },
  "a worker a job": {
    work: `return (await once(thread("setTimeout(() => parentPort.postMessage({}), 5000)"), "message"))[0];`,
    expected: right,
  },
  "a pooled worker in Atomics.wait": {
    top: `let pooled;`,
    work: `pooled ??= thread("parentPort.on('message', () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000); parentPort.postMessage({}); })"); pooled.postMessage(1); return (await once(pooled, "message"))[0];`,
    expected: right,
  },
  "a pooled worker in a busy loop": {
    top: `let pooled;`,
    work: `pooled ??= thread("parentPort.on('message', () => { const s = Date.now(); while (Date.now() - s < 5000); parentPort.postMessage({}); })"); pooled.postMessage(1); return (await once(pooled, "message"))[0];`,
    expected: right,
  },
  "real work first": {
    work: `await crypto.subtle.digest("SHA-256", new Uint8Array(5e6)); await util.promisify(zlib.gzip)(Buffer.alloc(2e6, "x")); await fs.promises.readFile(process.execPath); await util.promisify(nodeCrypto.randomBytes)(16); await sleep(5000); return {};`,
    expected: right,
  },
  "an id by slow crypto": {
    id: `(await util.promisify(nodeCrypto.scrypt)("a" + Math.random(), "b", 16)).toString("hex")`,
    work: `return sleep(5000, {});`,
    expected: right,
  },
  "AbortSignal.timeout": { work: `await once(AbortSignal.timeout(5000), "abort"); return {};`, expected: right },
  "an import in the job": { work: `await import("zod/v4/core"); await sleep(5000); return {};`, expected: right },
  "a child process that computes, then a wait": {
    work: `await util.promisify(childProcess.execFile)(process.execPath, ["-p", "1"]); await sleep(5000); return {};`,
    expected: right,
  },
  "a spin of setImmediate": {
    work: `const s = Date.now(); while (Date.now() - s < 5000) await new Promise(setImmediate); return {};`,
    expected: right,
  },
  "serve() at its foot, asked over its port": {
    work: `return sleep(5000, {});`,
    end: `serve({ fetch: app.fetch, port: 3000 });
      export default { fetch: (request) => { const url = new URL(request.url); url.host = "127.0.0.1:3000"; return fetch(new Request(url, request)); } };`,
    expected: right,
  },
  "wrong: a busy loop in the handler": {
    work: `const s = Date.now(); while (Date.now() - s < 5000); return {};`,
    expected: held,
  },
  "wrong: Atomics.wait in the handler": {
    work: `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000); return {};`,
    expected: held,
  },
  "wrong: the handler awaits the work": { work: `return sleep(5000, {});`, awaits: true, expected: held },
};

/** The code of a whole server module. */
export function serverOf({
  work = "return {};",
  top = "",
  id = "nodeCrypto.randomUUID()",
  awaits = false,
  end = "export default app;",
}: Style): string {
  return `
import { Hono } from "hono"; import { serve } from "@hono/node-server"; import util from "node:util"; import nodeCrypto from "node:crypto"; import fs from "node:fs"; import zlib from "node:zlib";
import { setTimeout as sleep, setInterval as setInterval2, scheduler } from "node:timers/promises"; import { Worker } from "node:worker_threads"; import { once } from "node:events"; import childProcess from "node:child_process";
const thread = (code) => new Worker("const { parentPort } = require('node:worker_threads');" + code, { eval: true });
${top}
async function work() { ${work} }
const jobs = new Map(); const app = new Hono();
app.post("/reports", async (c) => {
  const job = { id: ${id}, status: "processing" }; jobs.set(job.id, job);
  const done = work().then((result) => jobs.set(job.id, { ...job, status: "completed", result }));
  ${awaits ? "await done;" : "void done;"}
  return c.json(job, 202, { location: "/reports/" + job.id });
});
app.get("/reports/:id", (c) => { const job = jobs.get(c.req.param("id")); return job ? c.json(job) : c.json({ error: "unknown" }, 404); });
${end}`;
}
