/** The scripted server on a real port, against requests that clients in other languages send. */
import http from "node:http";
import { afterEach, expect, test } from "vitest";
import type { Event } from "../../../workbook/contract/model/recording.ts";
import type { Answer } from "../../../workbook/contract/model/script.ts";
import { startScriptedServer, type ScriptedServer } from "../../../workbook/run/http/scripted-server.ts";

const servers: ScriptedServer[] = [];
afterEach(() => servers.splice(0).forEach(({ close }) => close()));

const json: Answer = {
  status: 200,
  headers: [["content-type", "application/json"]],
  body: '{"status":"processing"}',
  delayMs: 0,
};

async function serve(answer: Answer | ((count: { posts: number; gets: number }) => Answer)) {
  const events: Event[] = [];
  const requests: boolean[] = [];
  const server = await startScriptedServer({
    script: { answer: (_, count) => (typeof answer === "function" ? answer(count) : answer) },
    now: () => Math.round(performance.now()),
    events,
    onRequest: (isLast) => requests.push(isLast),
  });
  servers.push(server);
  const exchanges = () => events.flatMap((event) => (event.is === "exchange" ? [event.exchange] : []));
  return { server, exchanges, requests };
}

test("an answer has its length, and is recorded with the time of its last byte", async () => {
  const { server, exchanges } = await serve({ ...json, delayMs: 120 });
  const response = await fetch(`${server.origin}/reports/1?x=1`);
  expect(response.headers.get("content-length")).toBe("23");
  expect(await response.json()).toEqual({ status: "processing" });
  const [exchange] = exchanges();
  expect(exchange).toMatchObject({
    label: "get",
    request: { method: "GET", url: `${server.origin}/reports/1?x=1` },
    failure: null,
  });
  expect((exchange?.doneMs ?? 0) - (exchange?.sentMs ?? 0)).toBeGreaterThanOrEqual(115);
});

test("HEAD and OPTIONS are answered and do not move the script on", async () => {
  const seen: { posts: number; gets: number }[] = [];
  const { server, exchanges } = await serve((count) => {
    seen.push(count);
    return json;
  });
  for (const method of ["HEAD", "OPTIONS", "GET", "POST"]) await fetch(server.origin, { method });
  expect(seen).toEqual([
    { posts: 0, gets: 1 },
    { posts: 1, gets: 1 },
  ]);
  expect(exchanges().map(({ label }) => label)).toEqual(["other", "other", "get", "post"]);
});

test("a request that names the whole URL, as to a proxy, is read like any other", async () => {
  const { server, exchanges } = await serve(json);
  await new Promise<void>((resolve, reject) => {
    const { hostname, port } = new URL(server.origin);
    const sent = http.request({ hostname, port, path: "http://elsewhere.example/reports/7" }, (response) => {
      response.resume().on("end", resolve);
    });
    sent.on("error", reject).end();
  });
  expect(exchanges()[0]?.request.url).toBe(`${server.origin}/reports/7`);
});

test.each([
  ["before", null],
  ["body", { status: 200, body: '{"status":"' }],
] as const)("a cut %s breaks the client's request", async (cut, response) => {
  const { server, exchanges } = await serve({ ...json, cut });
  await expect(fetch(server.origin).then((received) => received.text())).rejects.toThrow();
  const [exchange] = exchanges();
  expect(exchange?.failure).toMatchObject({ kind: "cut" });
  if (response === null) expect(exchange?.response).toBeNull();
  else expect(exchange?.response).toMatchObject(response);
});

test("a request that has no answer yet is recorded as never answered", async () => {
  const { server, exchanges, requests } = await serve({ ...json, never: true });
  const leaving = new AbortController();
  const asked = fetch(server.origin, { signal: leaving.signal });
  await expect.poll(() => exchanges()[0]).toMatchObject({ response: null, failure: { kind: "never" }, doneMs: null });
  expect(requests).toEqual([false]);
  leaving.abort();
  await expect(asked).rejects.toThrow();
});

test("a client that leaves before its answer has not got it, although the script has one", async () => {
  const { server, exchanges } = await serve({ ...json, delayMs: 150 });
  await expect(fetch(server.origin, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(exchanges()[0]).toMatchObject({ response: null, failure: { kind: "left" }, doneMs: null });
});

test("after leave() nothing is recorded, so that the end of the grading is no client that leaves", async () => {
  const { server, exchanges } = await serve({ ...json, never: true });
  const asked = fetch(server.origin);
  await expect.poll(() => exchanges().length).toBe(1);
  server.leave();
  server.close();
  await expect(asked).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(exchanges()[0]?.failure?.kind).toBe("never");
});
