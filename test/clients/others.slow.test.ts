import { type ChildProcess, spawn } from "node:child_process";
import http, { type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { runReport } from "../../solutions/04-failing/client.ts";
import { root } from "../../workbook/root.ts";
import { whyWithout } from "./dev.ts";
import { programVersion } from "./programs.ts";
import { expressServer } from "./servers/express.ts";
import { fastifyServer } from "./servers/fastify.ts";
import { koaServer } from "./servers/koa.ts";

const why = process.env.ACCEPTED_ALL_TESTS ? null : "real waits: npm run check -- all runs it";
const python = programVersion("python3", ["--version"], /^Python 3\.([\d.]+)/);
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

interface Other {
  readonly name: string;
  readonly missing: string | null;
  /** @returns the origin */
  start(): Promise<string>;
}

/** The servers in examples/. */
const examples: readonly Other[] = [
  {
    name: "Python's http.server",
    missing: python === null ? "python3 is not there" : null,
    start: () => program("python3", "examples/python/server.py"),
  },
  { name: "plain node:http", missing: null, start: () => program(process.execPath, "examples/node-http/server.js") },
];

const others: readonly Other[] = [
  { name: "Express", missing: whyWithout, start: () => listen(expressServer()) },
  { name: "Fastify", missing: whyWithout, start: async () => listen(await fastifyServer()) },
  { name: "Koa", missing: whyWithout, start: () => listen(koaServer()) },
  ...examples,
];

describe
  .skipIf(why !== null)
  .concurrent(`the reference client and servers that are not ours${why ? ` (skipped: ${why})` : ""}`, () => {
    for (const { name, missing, start } of others) {
      test.skipIf(missing !== null)(
        `${name} gives it reports, a failure and a refusal${missing ? ` (${missing})` : ""}`,
        async () => {
          const origin = await start();
          const novel = { kind: "novel" } as unknown as { kind: "full" };
          const [full, summary, failed, refused] = await Promise.allSettled([
            runReport(origin, { genre: "poetry" }, { timeoutMs: 15_000 }),
            runReport(origin, { genre: "science fiction", kind: "summary" }, { timeoutMs: 15_000 }),
            runReport(origin, { genre: "astrology", kind: "summary" }, { timeoutMs: 15_000 }),
            runReport(origin, novel, { timeoutMs: 15_000 }),
          ]);
          expect(full).toMatchObject({ status: "fulfilled", value: { totalBooks: { count: 7 } } });
          expect(summary).toMatchObject({ status: "fulfilled", value: { totalBooks: { count: 9 } } });
          expect(reasonOf(failed)).toContain("astrology");
          expect(reasonOf(refused)).toMatch(/answered with 4(00|22): /);
        },
      );
    }

    for (const { name, missing, start } of examples) {
      test.skipIf(missing !== null)(
        `${name} outlives a client that leaves in the middle of its order${missing ? ` (${missing})` : ""}`,
        async () => {
          const origin = await start();
          await leaveInMidOrder(origin);
          await expect(runReport(origin, { kind: "summary" }, { timeoutMs: 15_000 })).resolves.toBeDefined();
        },
      );
    }
  });

/** Sends half of a POST and closes the connection. The server needs a moment to notice. */
async function leaveInMidOrder(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once("connect", resolve));
  const head = `POST /reports HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 50`;
  socket.end(`${head}\r\n\r\n{"genre":`);
  await new Promise((resolve) => void setTimeout(resolve, 300));
  socket.destroy();
}

function reasonOf(settled: PromiseSettledResult<unknown>): string {
  return settled.status === "rejected" ? String(settled.reason) : "it resolved";
}

async function listen(handler: RequestListener): Promise<string> {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return originOf(server);
}

/** Starts a program that takes its port as an argument, and waits until it answers. @returns the origin */
async function program(command: string, file: string): Promise<string> {
  const probe = http.createServer();
  await new Promise<void>((resolve) => void probe.listen(0, "127.0.0.1", resolve));
  const origin = originOf(probe);
  await new Promise((resolve) => void probe.close(resolve));
  const child: ChildProcess = spawn(command, [file, new URL(origin).port], { cwd: root, stdio: "ignore" });
  closing.push(() => child.kill());
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await (await fetch(`${origin}/reports/none`)).text();
      return origin;
    } catch {
      await new Promise((resolve) => void setTimeout(resolve, 100));
    }
  }
  throw new Error(`${file} did not answer on ${origin} within ten seconds.`);
}

function originOf(server: http.Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
