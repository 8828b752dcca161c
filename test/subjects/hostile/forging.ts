/** Code that tries to get a better verdict than it deserves, or harms the machine. */
import { client, server, type Row } from "./row.ts";

const forged = `JSON.stringify({ is: "event", order: 0, event: { is: "exchange", exchange: { label: "post", request: { method: "POST", url: "http://127.0.0.1:8202/reports", headers: [], body: "{}" }, response: { status: 202, headers: [["content-type", "application/json"], ["location", "/reports/1"]], body: '{"id":"1","status":"processing"}' }, failure: null, sentMs: 0, doneMs: 0, slow: false } } })`;
const done = `JSON.stringify({ is: "done", order: 0, lastedMs: 1, spentMs: 1, clean: true, why: "" })`;
const refusing = `return c.json({ error: "no" }, 500);`;

export const forging: readonly Row[] = [
  {
    name: "prints a verdict, and the JSON of a pass, on both streams",
    side: "server",
    source: server({
      top: `import fs from "node:fs";`,
      handler: `
console.log('{ "format": 1, "passed": true, "verdicts": [] }');
console.error("✓ accept.status  all passed");
fs.writeSync(1, '{ "format": 1, "passed": true }\\n');
fs.writeSync(2, '{ "format": 1, "passed": true }\\n');
${refusing}`,
    }),
    told: { problem: null, fails: ["accept.status"], notice: null, printed: `"passed": true` },
    standing: "prevented",
    happens: "It is shown as what the code printed, and decides nothing. What goes around console is dropped.",
  },
  {
    name: "sends forged messages to the parent over IPC",
    side: "server",
    source: server({
      handler: `
const { send, channel } = process as { send?: (message: unknown) => void; channel?: unknown };
console.log("send:", typeof send, "channel:", typeof channel);
send?.(JSON.parse(${forged})); send?.(JSON.parse(${done}));
${refusing}`,
    }),
    told: { problem: null, fails: ["accept.status"], printed: "send: undefined channel: undefined" },
    standing: "prevented",
    happens: "There is no such channel.",
  },
  {
    name: "writes forged lines to the grader's pipes",
    side: "server",
    source: server({
      top: `import fs from "node:fs";`,
      handler: `
for (const line of [${forged}, ${done}, "rubbish {"]) {
  for (const fd of [3, 4]) {
    try { fs.writeSync(fd, line + "\\n"); } catch (error) { console.log(fd, (error as { code: string }).code); }
  }
}
try { fs.ftruncateSync(4); } catch (error) { console.log("cut", (error as { code: string }).code); }
${refusing}`,
    }),
    told: { problem: null, fails: ["accept.status"], printed: "4 EBADF\ncut EBADF" },
    standing: "prevented",
    happens: "Both look closed.",
  },
  {
    name: "has a child process write forged lines to the grader's pipe",
    side: "server",
    source: server({
      top: `import { spawnSync } from "node:child_process";`,
      handler: `
spawnSync(process.execPath, ["-e", "const fs = require('node:fs'); for (const line of process.argv.slice(1)) fs.writeSync(3, line + '\\\\n'); fs.writeSync(3, 'half a line');", ${forged}, ${done}], { stdio: ["ignore", "ignore", "ignore", 3] });
${refusing}`,
    }),
    told: { problem: null, fails: ["accept.status"], notice: "wrote to the pipe of the grader" },
    standing: "noticed",
    happens: "Each true line carries a token, new for each scenario; a line without it is dropped, and told.",
  },
  {
    name: "imports the reference solution",
    side: "server",
    source: `export { default } from "ROOT/solutions/02-accepted/server.ts";\n`,
    told: { problem: null, fails: [], notice: "what passes there is the reference solution's" },
    standing: "noticed",
    happens: "It passes, since it is right; it is said above the verdicts. A copy of the text is not seen.",
  },
  {
    name: "process.kill(process.ppid)",
    side: "server",
    source: server({
      handler: `
for (const pid of [process.ppid, 0, -1, 1]) {
  try { process.kill(pid, "SIGTERM"); } catch (error) { console.log((error as { code: string }).code); }
}`,
    }),
    told: { problem: null, fails: [], notice: "sent a signal to the workbook, which was refused", printed: "EPERM" },
    standing: "prevented",
    happens:
      "Refused and told: a signal goes to itself and to processes that it has started, no other. (A shell's kill is not in our hands.)",
  },
  {
    name: "ends itself by a signal",
    side: "server",
    source: server({ handler: `process.kill(process.pid, "SIGKILL");` }),
    told: { problem: { kind: "exit", at: "process.kill" }, fails: [] },
    standing: "told",
    happens: "Told with its line.",
  },
  {
    name: "sleeps with Atomics.wait",
    side: "server",
    source: server({
      handler: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);",
    }),
    told: { problem: null, fails: ["accept.prompt"] },
    standing: "told",
    happens: "Virtual time passes, and the answer is late.",
  },
  {
    name: "sleeps with Atomics.wait for ever",
    side: "server",
    source: server({ handler: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);" }),
    told: { problem: { kind: "loop" }, fails: [] },
    standing: "told",
    happens: "Stopped after 1 s.",
  },
  {
    name: "answers with 1 GB",
    side: "server",
    source: server({
      handler: `
let sent = 0;
const body = new ReadableStream({ pull(to) { if ((sent += 2 ** 16) > 2 ** 30) to.close(); else to.enqueue(new Uint8Array(2 ** 16).fill(32)); } });
return new Response(body, { status: 202, headers: { "content-type": "application/json" } });`,
    }),
    told: { problem: null, fails: ["accept.body"], notice: "answers with a body of more than 8 MB" },
    standing: "noticed",
    happens: "8 MB are read, and that is told. Held in memory as one piece it is a bomb like any other.",
  },
  {
    name: "answers with a body that never ends",
    side: "server",
    source: server({
      handler: `
const body = new ReadableStream({ async pull(to) { await wait(1000); to.enqueue(new Uint8Array([32])); } });
return new Response(body, { status: 202, headers: { "content-type": "application/json" } });`,
    }),
    told: { problem: { kind: "silent" }, fails: [] },
    standing: "told",
    happens: "After an hour of virtual time nobody waits any more.",
  },
  {
    name: "rejects with a thing whose every property throws",
    side: "client",
    source: client({
      before: `throw new Proxy(new Error("x"), { get() { throw new Error("no"); }, has() { throw new Error("no"); }, getPrototypeOf() { throw new Error("no"); }, ownKeys() { throw new Error("no"); } });`,
    }),
    told: { problem: null, fails: ["client.posts-once"] },
    standing: "told",
    happens: "It is a rejection like any other: looking at it is done with care.",
  },
  {
    name: "rejects with getters that throw, and causes in a circle",
    side: "client",
    source: client({
      before: `const error = new Error("x"); error.cause = error; for (const name of ["message", "name", "stack", "code", "status"]) Object.defineProperty(error, name, { get() { throw error; } }); throw error;`,
    }),
    told: { problem: null, fails: ["client.posts-once"] },
    standing: "told",
    happens: "The same.",
  },
  {
    name: "resolves to a revoked Proxy",
    side: "client",
    source: client({
      after: `const { proxy, revoke } = Proxy.revocable([], {}); setImmediate(revoke); return { then: undefined, get title() { return proxy; } } as never;`,
    }),
    told: { problem: null, fails: ["client.returns"] },
    standing: "told",
    happens: "It is no report, and client.returns says so.",
  },
  {
    name: "runReport gives a `then` that never calls back",
    side: "client",
    source: `export const runReport = () => ({ then() {} });\n`,
    told: { problem: null, fails: ["client.posts-once"] },
    standing: "told",
    happens: "Nothing is left that could settle it: told at once.",
  },
  {
    name: "fetch gives a `then` that never calls back",
    side: "server",
    source: `export default { fetch: () => ({ then() {} }) };\n`,
    told: { problem: { kind: "silent" }, fails: [] },
    standing: "told",
    happens: "The same.",
  },
  {
    name: "gives a Response made of getters that throw",
    side: "server",
    source: `export default { fetch: () => ({ get status() { throw new Error("no"); }, get headers() { throw new Error("no"); }, text: 1 }) };\n`,
    told: { problem: null, fails: ["accept.status"] },
    standing: "told",
    happens: "It is no Response: a 500, as a server would answer.",
  },
];
