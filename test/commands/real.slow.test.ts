import type { ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { freshClone, textOf, type Clone } from "./clone.ts";

const slug = "02-accepted";
const server = `
let made = 0;
export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === "GET") return Response.json({ made }, { headers: { "retry-after": "1" } });
    await new Promise((resolve) => setTimeout(resolve, 700));
    made += 1;
    return Response.json({ id: "r-1" }, { status: 202, headers: { location: "/reports/r-1" } });
  },
};
`;
const client = `
export async function runReport(baseUrl: string, params: object, options: { timeoutMs?: number } = {}) {
  const signal = AbortSignal.timeout(options.timeoutMs ?? 60_000);
  const accepted = await fetch(new URL("/reports", baseUrl), { method: "POST", body: JSON.stringify(params), signal });
  const status = await fetch(new URL(accepted.headers.get("location") ?? "", baseUrl), { signal });
  return await status.json();
}
`;

let clone: Clone;
beforeAll(() => {
  clone = freshClone();
});
afterAll(() => clone.remove());

let serving: ChildProcess | undefined;
afterEach(async () => {
  if (!serving || serving.exitCode !== null) return;
  const gone = new Promise((resolve) => serving?.once("exit", resolve));
  serving.kill();
  await gone;
});

/** Waits until the text matches. @returns the match */
async function seen(text: () => string, pattern: RegExp): Promise<RegExpExecArray> {
  for (let tries = 0; tries < 500; tries++) {
    const found = pattern.exec(text());
    if (found) return found;
    await wait(20);
  }
  throw new Error(`${String(pattern)} did not come. There is:\n${text()}`);
}

test("serve and client for real: exchanges, a client that leaves, a save, a syntax error", async () => {
  writeFileSync(clone.at("exercises", slug, "server.ts"), server);
  writeFileSync(clone.at("exercises", slug, "client.ts"), client);
  serving = clone.start(["serve", "2"], { PORT: "0" });
  const log = textOf(serving.stdout);
  const [, port] = await seen(log, /your server listens at http:\/\/127\.0\.0\.1:(\d+)/);
  expect(log()).toContain(`curl -i http://127.0.0.1:${port}/reports`);
  const env = { BASE_URL: `http://127.0.0.1:${port}` };

  const whole = await clone.run(["client", "2", "genre=science fiction"], env);
  expect(whole.stdout).toMatch(
    /0\.\d\d s {2}POST http:\/\/127\.0\.0\.1:\d+\/reports\n.*0\.[789]\d s {6}202 Accepted {3}location: \/reports\/r-1\n/,
  );
  expect(whole.stdout).toMatch(/200 OK {3}retry-after: 1\n\n {2}resolved after [\d.]+ s:\n\n {4}\{ made: 1 \}/);
  expect(whole.code).toBe(0);
  await seen(log, /POST \/reports +202 Accepted after 0\.7 s {3}location: \/reports\/r-1\n/);

  const left = await clone.run(["client", "2", "timeoutMs=250"], env);
  expect(left.stdout).toMatch(/rejected after 0\.\d s:\n\n {4}TimeoutError: /);
  expect(left.code).toBe(1);
  await seen(log, /your client left at 0\.[12] s, the report was made at 0\.7 s all the same\n/);

  writeFileSync(clone.at("exercises", slug, "server.ts"), server.replace("made += 1;", "made += ;"));
  await seen(
    log,
    /server\.ts, line 7, column 13: .*\n {2}Mend it and save: the server goes on as it was until then\.\n/,
  );
  expect(await (await fetch(env.BASE_URL)).json()).toEqual({ made: 2 });

  writeFileSync(clone.at("exercises", slug, "server.ts"), server.replace("{ made }", "{ renewed: made }"));
  await seen(log, /saved: started again; what it had in memory is gone\n/);
  expect(await (await fetch(env.BASE_URL)).json()).toEqual({ renewed: 0 });
});

test("a taken port is reported, with another one to choose", async () => {
  writeFileSync(clone.at("exercises", slug, "server.ts"), server);
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, stdout } = await clone.run(["serve", "2"], { PORT: String(port) });
  taken.close();
  expect(stdout).toBe(
    `Port ${port} is taken by another program. Stop that one, or choose another: PORT=${port + 100} npm run serve 2\n`,
  );
  expect(code).toBe(2);
});

test("if the server is not there, the client says what starts it", async () => {
  writeFileSync(clone.at("exercises", slug, "client.ts"), client);
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((resolve) => gone.close(resolve));
  const { code, stdout } = await clone.run(["client", "2"], { BASE_URL: url });
  expect(stdout).toContain(`Nothing answers at ${url}. Start your server in another terminal: npm run serve 2`);
  expect(code).toBe(1);
});

test("a client that waits for something that never comes is reported", async () => {
  writeFileSync(clone.at("exercises", slug, "client.ts"), "export const runReport = () => new Promise(() => {});\n");
  const { code, stdout } = await clone.run(["client", "2"]);
  expect(stdout).toContain("its promise did not settle");
  expect(code).toBe(1);
});

test("a client that cannot be compiled, or has no runReport, ends with 3 and a sentence", async () => {
  writeFileSync(clone.at("exercises", slug, "client.ts"), "export const runReport = (;\n");
  expect(await clone.run(["client", "2"])).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/^client\.ts, line 1, column 27: /),
  });
  writeFileSync(clone.at("exercises", slug, "client.ts"), "export const other = 1;\n");
  expect(await clone.run(["client", "2"])).toMatchObject({
    code: 3,
    stdout: expect.stringContaining("exports no function runReport"),
  });
});
