/** Code that changes what its process shares: globals, prototypes, streams, listeners, Node's internals. */
import { client, server, type Row } from "./row.ts";

const shares = "changes what all code of the process shares";
const noticed =
  "The recorder took what it needs before; it is said above the verdicts, and the next scenario gets a process of its own.";

export const patching: readonly Row[] = [
  {
    name: "replaces fetch",
    side: "client",
    source: client({
      top: `globalThis.fetch = async () => Response.json({ id: "1", status: "completed", result: {} }, { headers: { location: "/" } });`,
    }),
    told: { problem: null, fails: ["client.posts-once"], notice: `${shares} (globalThis.fetch was changed)` },
    standing: "noticed",
    happens: "What counts is what arrives at the server: no request did.",
  },
  {
    name: "replaces Date",
    side: "server",
    source: server({ top: `globalThis.Date = class extends Date { constructor() { super(0); } } as never;` }),
    told: { problem: null, fails: [], notice: `${shares} (globalThis.Date was changed)` },
    standing: "noticed",
    happens: "Its own times are wrong, the grader's are not.",
  },
  {
    name: "replaces the timers (setTimeout = fn => fn())",
    side: "server",
    source: server({
      top: `globalThis.setTimeout = ((run: () => void) => run()) as never; globalThis.setImmediate = (() => {}) as never; globalThis.clearTimeout = () => {};`,
    }),
    told: { problem: null, fails: ["status.processing"], notice: shares },
    standing: "noticed",
    happens: "Its work takes no time then, which status.processing names. The grader's clock lies under the timers.",
  },
  {
    name: "replaces Promise, JSON, Map and the rest of the globals",
    side: "server",
    source: server({
      end: `export default app; const own = globalThis as Record<string, unknown>;
for (const name of ["Promise", "Map", "Set", "Object", "Array", "String", "Error", "Request", "URL", "Reflect", "TextDecoder"]) own[name] = undefined;`,
      handler: "",
    }),
    told: { problem: { kind: "throw" }, fails: [] },
    standing: "told",
    happens: "The recorder keeps its own; what breaks is the code itself and its packages.",
  },
  {
    name: "JSON.stringify and toJSON that turn a 500 into a 202",
    side: "server",
    source: server({
      top: `
const { stringify, parse } = JSON;
const forge = (text: string) => text.replaceAll('"status":500', '"status":202');
JSON.stringify = ((value: unknown, ...rest: never[]) => { const text = stringify(value, ...rest); return text && forge(text); }) as never;
JSON.parse = (text: string, ...rest: never[]) => parse(forge(text), ...rest);
Object.defineProperty(Object.prototype, "toJSON", { configurable: true, enumerable: false, value(this: { status?: number }) { return this.status === 500 ? { ...this, status: 202 } : this; } });`,
      handler: `return new Response('{"error":"no"}', { status: 500, headers: { "content-type": "application/json" } });`,
    }),
    told: { problem: null, fails: ["accept.status"], notice: shares },
    standing: "noticed",
    happens: `The 500 is recorded. ${noticed}`,
  },
  {
    name: "Promise.prototype.then that never calls back",
    side: "client",
    source: client({ top: `Promise.prototype.then = function () { return new Promise(() => {}); } as never;` }),
    told: { fails: ["client.posts-once"], notice: `${shares} (Promise.prototype.then was changed)` },
    standing: "noticed",
    happens: noticed,
  },
  {
    name: "Array.prototype.push, map and the iterator replaced",
    side: "server",
    source: server({
      handler: `
Array.prototype.push = function () { return 0; };
Array.prototype.map = function () { return [] as never; };
Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true, value: undefined });
return new Response("{}", { status: 500 });`,
    }),
    told: { fails: ["accept.status"] },
    standing: "told",
    happens: "The 500 is recorded all the same; Node and the packages break soon after.",
  },
  {
    name: "Object.prototype made dirty",
    side: "server",
    source: server({
      top: `for (const [name, value] of Object.entries({ passed: true, verdict: "pass", problem: null, status: 202, response: { status: 202 } })) {
  Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true });
}`,
    }),
    told: { problem: null, fails: [], notice: `${shares} (Object.prototype.passed was added)` },
    standing: "noticed",
    happens: noticed,
  },
  {
    name: "Reflect.ownKeys, Object.is and Map.prototype replaced, to hide all that",
    side: "server",
    source: server({
      // zod sets itself up at its first use, and would break then.
      top: `z.object({ a: z.string().optional(), b: z.enum(["c"]).default("c") }).safeParse({});
Reflect.ownKeys = () => []; Object.is = () => true; Object.getOwnPropertyDescriptor = () => undefined; Map.prototype.has = () => true; JSON.stringify = () => "{}";`,
    }),
    told: { problem: null, fails: ["accept.status"], notice: shares },
    standing: "noticed",
    happens: "What looks for changes was taken before too.",
  },
  {
    name: "closes its own output (process.stdout.end, destroy, fs.closeSync(1))",
    side: "server",
    source: server({
      top: `import fs from "node:fs"; process.stdout.end(); process.stdout.destroy(); process.stderr.destroy(); fs.closeSync(1); console.log("still heard");`,
    }),
    told: { problem: null, fails: [], notice: null, printed: "still heard" },
    standing: "prevented",
    happens: "What is printed is taken before it reaches a stream, and verdicts go another way.",
  },
  {
    name: "closes the grader's pipes (fs.closeSync(3), every number up to 30)",
    side: "server",
    source: server({
      top: `import fs from "node:fs"; import net from "node:net";
for (let fd = 3; fd < 5; fd += 1) {
  try { fs.closeSync(fd); } catch (error) { console.log((error as { code: string }).code); }
  try { new net.Socket({ fd }).on("error", () => {}).destroy(); } catch (error) { console.log("no socket"); }
}`,
    }),
    told: { problem: null, fails: [], notice: null, printed: "EBADF" },
    standing: "prevented",
    happens: "The two pipes look closed to it, as they are in any other program.",
  },
  {
    name: "process.removeAllListeners and process.emit replaced",
    side: "server",
    source: server({
      top: `process.removeAllListeners(); process.emit = () => true; process.on = () => process; process.nextTick(() => {});`,
    }),
    told: { problem: { kind: "exit" }, fails: ["accept.location"], notice: shares },
    standing: "told",
    happens:
      "Orders come by a pipe that no listener of process has to do with. Without process.emit no time can pass: the process ends, and that is told",
  },
  {
    name: "pokes the registry of symbols",
    side: "server",
    source: server({
      top: `const found = globalThis as Record<symbol, unknown>; console.log("machine:", found[Symbol.for("accepted")]); found[Symbol.for("accepted")] = { guard: { tell() {} } };`,
    }),
    told: { problem: null, fails: [], printed: "machine: undefined" },
    standing: "prevented",
    happens: "Nothing of the grader's is found there.",
  },
  {
    name: "vm.runInThisContext and indirect eval",
    side: "server",
    source: server({
      top: `import vm from "node:vm"; vm.runInThisContext("var sneaked = 1; Array.prototype.at = () => 'forged';"); (0, eval)("globalThis.more = 2");`,
    }),
    told: { problem: null, fails: [], notice: `${shares} (Array.prototype.at was changed)` },
    standing: "noticed",
    happens: noticed,
  },
  {
    name: "process.binding and Node's insides",
    side: "server",
    source: server({
      top: `import { createRequire } from "node:module";
const need = createRequire(import.meta.url);
try { (process as never as { binding(name: string): { close(fd: number): void } }).binding("fs").close(3); } catch (error) { console.log("refused", String(error)); }
try { need("internal/test/binding").internalBinding("timers").getLibuvNow = () => 0; } catch (error) { console.log("refused", String(error)); }`,
    }),
    told: { problem: null, fails: ["status.processing"], notice: null },
    standing: "neither",
    happens:
      "The pipes stay closed to it. But the clock can be reached so, and whoever does it may spoil or forge times.",
  },
];
