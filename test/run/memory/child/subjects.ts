/** Bodies of async functions that a handler runs: every way to wait (5 s), and every kind of real work (takes no virtual time). */

/** The code of a server module whose handler runs the body, with the imports that the bodies use. */
export function handlerOf(body: string): string {
  return `
import * as timers from "node:timers"; import * as timersPromises from "node:timers/promises"; import util from "node:util";
import { createRequire } from "node:module"; import crypto from "node:crypto"; import fs from "node:fs"; import zlib from "node:zlib";
import { Worker, MessageChannel } from "node:worker_threads"; import childProcess from "node:child_process"; import dns from "node:dns";
import net from "node:net"; import os from "node:os"; import path from "node:path"; import { once, EventEmitter } from "node:events";
import { pipeline } from "node:stream/promises"; import { performance as measured } from "node:perf_hooks";
import { setTimeout as named } from "node:timers"; import { setTimeout as namedPromise, scheduler } from "node:timers/promises";
const require = createRequire(import.meta.url);
const big = path.join(os.tmpdir(), "accepted-big-" + process.pid + ".bin");
const promise = (act) => new Promise(act); const sleep = (ms) => promise((done) => setTimeout(done, ms));
const shared = () => new Int32Array(new SharedArrayBuffer(4));
const thread = (code, options) => new Worker("const { parentPort } = require('node:worker_threads');" + code, { eval: true, ...options });
async function subject() { ${body} }
export default { async fetch() {
  // There is always a timer that the clock could wrongly jump to.
  const temptation = setInterval(() => {}, 100);
  try { await subject(); } finally { clearInterval(temptation); fs.rmSync(big, { force: true }); }
  return new Response("done");
} };`;
}

export const waits: Readonly<Record<string, string>> = {
  "global setTimeout": `await sleep(5000);`,
  "util.promisify(setTimeout)": `await util.promisify(setTimeout)(5000);`,
  "a named import of node:timers": `await promise((done) => named(done, 5000));`,
  'require("timers")': `await promise((done) => require("timers").setTimeout(done, 5000));`,
  "timers/promises": `await namedPromise(5000);`,
  "for await of its setInterval": `let n = 0; for await (const _ of timersPromises.setInterval(1000)) if (++n === 5) break;`,
  "scheduler.wait": `await scheduler.wait(5000);`,
  "AbortSignal.timeout": `await promise((done) => AbortSignal.timeout(5000).addEventListener("abort", done));`,
  "AbortSignal.any of it": `await promise((done) => AbortSignal.any([AbortSignal.timeout(5000)]).addEventListener("abort", done));`,
  "setInterval, cleared": `await promise((done) => { let n = 0; const i = setInterval(() => { if (++n === 5) { clearInterval(i); done(); } }, 1000); });`,
  "recursion, 50 times 100 ms": `await promise((done) => { let n = 0; (function next() { if (++n > 50) return done(); setTimeout(next, 100); })(); });`,
  "timer.refresh": `await promise((done) => { const t = setTimeout(done, 3000); setTimeout(() => t.refresh(), 2000); });`,
  "once with a signal": `await once(new EventEmitter(), "never", { signal: AbortSignal.timeout(5000) }).catch(() => {});`,
  "timers captured before the clock": `await promise((done) => globalThis.captured.setTimeout(done, 5000));`,
  "Date captured before the clock": `const s = globalThis.captured.Date.now(); await sleep(5000); if (globalThis.captured.Date.now() - s !== 5000) throw new Error("another time");`,
  "Atomics.wait": `Atomics.wait(shared(), 0, 0, 5000);`,
  "Atomics.waitAsync": `await Atomics.waitAsync(shared(), 0, 0, 5000).value;`,
  "a busy loop on Date.now": `const s = Date.now(); while (Date.now() - s < 5000);`,
  "a busy loop on new Date": `const s = +new Date(); while (+new Date() - s < 5000);`,
  "a busy loop on hrtime.bigint": `const s = process.hrtime.bigint(); while (process.hrtime.bigint() - s < 5000000000n);`,
  "a spin of microtasks on Date.now": `const s = Date.now(); while (Date.now() - s < 5000) await null;`,
  "a spin of setImmediate on performance.now": `const s = measured.now(); while (measured.now() - s < 5000) await promise(setImmediate);`,
  "a spin of setImmediate on a flag that a timer sets": `let set = false; setTimeout(() => { set = true; }, 5000); while (!set) await promise(setImmediate);`,
  "all clocks agree": `const read = () => [+new Date(), Date.now(), performance.now(), Number(process.hrtime.bigint() / 1000000n), Math.round(process.uptime() * 1e3), process.hrtime()[0] * 1e3 + process.hrtime()[1] / 1e6];
    const before = read(); await sleep(5000); read().forEach((value, i) => { if (value - before[i] !== 5000) throw new Error("clock " + i + " says " + (value - before[i])); });`,
  "a worker that sleeps": `const w = thread("setTimeout(() => parentPort.postMessage(1), 5000)"); await once(w, "message"); await w.terminate();`,
  "a kept worker that sleeps twice": `const w = thread("parentPort.on('message', () => setTimeout(() => parentPort.postMessage(1), 2500))"); for (let i = 0; i < 2; i++) { w.postMessage(1); await once(w, "message"); }`,
  "a worker in Atomics.wait": `const w = thread("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000); parentPort.postMessage(1)"); await once(w, "message");`,
  "a worker in a busy loop": `const w = thread("const s = Date.now(); while (Date.now() - s < 5000); parentPort.postMessage(1)"); await once(w, "message");`,
  "a worker with execArgv of its own": `const w = thread("setTimeout(() => parentPort.postMessage(1), 5000)", { execArgv: [] }); await once(w, "message");`,
  "a worker is ended while it sleeps": `const w = thread("setInterval(() => {}, 1000); parentPort.postMessage(1)"); await once(w, "message"); await sleep(5000); await w.terminate();`,
  "timers of a worker and of the main thread": `const s = Date.now(); const seen = [], own = [];
    const w = thread("let n = 0; const i = setInterval(() => { parentPort.postMessage(Date.now()); if (++n === 4) clearInterval(i); }, 1000)");
    w.on("message", (at) => seen.push(at - s, Date.now() - s)); await sleep(500);
    const i = setInterval(() => own.push(Date.now() - s), 1000); await once(w, "exit"); clearInterval(i);
    if (seen.join() !== "1000,1000,2000,2000,3000,3000,4000,4000") throw new Error(seen.join());
    if (own.join() !== "1500,2500,3500") throw new Error(own.join()); await sleep(1000);`,
};

const compute = (ms: number) => `let x = 0; for (let i = 0; i < ${ms}e6; i++) x ^= i;`;

export const works: Readonly<Record<string, string>> = {
  "5000 awaits": `for (let i = 0; i < 5000; i++) await null;`,
  "a chain of nextTick and queueMicrotask": `await promise((done) => { let n = 0; (function next() { if (++n > 2000) return done(); n % 2 ? process.nextTick(next) : queueMicrotask(next); })(); });`,
  "100 setImmediates": `for (let i = 0; i < 100; i++) await promise(setImmediate);`,
  "subtle.digest": `await crypto.subtle.digest("SHA-256", new Uint8Array(20e6));`,
  "randomBytes with a callback": `for (let i = 0; i < 10; i++) await promise((done) => crypto.randomBytes(100000, done));`,
  scrypt: `await promise((done) => crypto.scrypt("a", "b", 64, { N: 16384 }, done));`,
  generateKeyPair: `await promise((done) => crypto.generateKeyPair("rsa", { modulusLength: 1024 }, done));`,
  "a spin of setImmediate on a flag that scrypt sets": `let set = false; crypto.scrypt("a", "b", 64, { N: 16384 }, () => { set = true; }); while (!set) await promise(setImmediate);`,
  "fs.promises": `await fs.promises.writeFile(big, Buffer.alloc(2e7)); await fs.promises.readFile(big);`,
  "a file through gzip": `fs.writeFileSync(big, Buffer.alloc(2e6, "abc")); await pipeline(fs.createReadStream(big), zlib.createGzip(), fs.createWriteStream(big + ".gz")); fs.rmSync(big + ".gz");`,
  "zlib.gzip": `await promise((done) => zlib.gzip(Buffer.alloc(5e6, "xyz"), done));`,
  CompressionStream: `await new Response(new Blob([new Uint8Array(2e6)]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();`,
  "import()": `const { z } = await import("zod"); z.string().parse("a");`,
  "an import with an await at its top level": `await import("data:text/javascript,await new Promise((r) => setImmediate(r)); export default 1");`,
  "a body streamed": `let n = 0; await new Response(new ReadableStream({ async pull(c) { await promise(setImmediate); ++n > 60 ? c.close() : c.enqueue(new Uint8Array(65536)); } })).arrayBuffer();`,
  "a large JSON body": `await new Response(JSON.stringify(Array.from({ length: 1e5 }, (_, i) => ({ i })))).json();`,
  "Blob.arrayBuffer": `await new Blob([new Uint8Array(1e7)]).arrayBuffer();`,
  structuredClone: `structuredClone(new Array(1e4).fill({ a: 1 }));`,
  "a MessageChannel, closed": `const { port1, port2 } = new MessageChannel(); port2.on("message", (m) => port2.postMessage(m)); for (let i = 0; i < 20; i++) { port1.postMessage(i); await once(port1, "message"); } port1.close();`,
  "a MessageChannel left open": `const { port1, port2 } = new MessageChannel(); port1.onmessage = () => {}; port2.onmessage = () => {}; port1.postMessage(1);`,
  "a worker that computes": `const w = thread("${compute(100)}; parentPort.postMessage(1)", { execArgv: [] }); await once(w, "message");`,
  "a kept worker that computes twice": `const w = thread("parentPort.on('message', () => { ${compute(50)}; parentPort.postMessage(1); })"); for (let i = 0; i < 2; i++) { w.postMessage(1); await once(w, "message"); }`,
  "an unref'ed worker that computes": `const w = thread("${compute(50)}; parentPort.postMessage(1)"); w.unref(); await once(w, "message");`,
  "four workers at once": `await Promise.all([1, 2, 3, 4].map(() => once(thread("const h = require('node:crypto').createHash('sha256'); for (let i = 0; i < 20; i++) h.update(Buffer.alloc(5e5)); parentPort.postMessage(h.digest('hex'))"), "message")));`,
  "a worker in ping-pong": `const w = thread("parentPort.on('message', (m) => parentPort.postMessage(m))"); for (let i = 0; i < 50; i++) { w.postMessage(i); await once(w, "message"); }`,
  "a worker that throws": `await once(thread("throw new Error('x')"), "message").catch(() => {});`,
  "a worker that exits": `await once(thread("console.error(''); process.exit(0)"), "exit");`,
  "a main thread that waits for a worker in Atomics.wait": `const flag = shared(); const w = thread("const { workerData } = require('node:worker_threads'); ${compute(50)}; Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0);", { workerData: flag }); if (Atomics.wait(flag, 0, 0, 60000) === "timed-out") throw new Error("too late");`,
  "a child process": `await util.promisify(childProcess.execFile)(process.execPath, ["-e", "1"]);`,
  "a child process, synchronously": `childProcess.execFileSync(process.execPath, ["-e", "1"]);`,
  "dns.lookup": `await promise((done) => dns.lookup("localhost", done));`,
  "WebAssembly.compile": `await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));`,
  "an echo over TCP": `const s = net.createServer((c) => c.pipe(c)).listen(0, "127.0.0.1"); await once(s, "listening"); const c = net.connect(s.address().port, "127.0.0.1"); for (let i = 0; i < 20; i++) { c.write("x"); await once(c, "data"); } c.destroy(); s.close();`,
};
