/** One exchange with a real server: what is sent, what is read, and where it never goes. */
import net from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { exchange, mayConnect } from "../../../workbook/run/http/exchange.ts";
import { tcp, web, type Listening } from "./naughty.ts";

const open: Listening[] = [];
afterEach(() => {
  open.splice(0).forEach(({ close }) => close());
  vi.restoreAllMocks();
});

async function kept(server: Promise<Listening>): Promise<string> {
  open.push(await server);
  return (await server).url;
}

const options = { now: () => Math.round(performance.now()), answerMs: 2_000 };

test("it sends JSON with its length, and reads status, every header line and the body", async () => {
  const url = await kept(
    web((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        response.writeHead(
          202,
          [
            ["Location", "/a"],
            ["Location", "/b"],
          ].flat(),
        );
        response.end(JSON.stringify({ text, ...request.headers }));
      });
    }),
  );
  const body = '{"genre":"poésie"}';
  const { response, failure } = await exchange(
    { label: "A.post", method: "POST", url: `${url}/reports`, body },
    new URL(url),
    options,
  );
  expect(failure).toBeNull();
  expect(response?.status).toBe(202);
  expect(response?.headers.filter(([name]) => name === "location")).toEqual([
    ["location", "/a"],
    ["location", "/b"],
  ]);
  expect(JSON.parse(response?.body ?? "")).toMatchObject({
    text: body,
    accept: "application/json",
    "content-type": "application/json",
    "content-length": "19",
  });
});

test("it follows no redirect", async () => {
  const url = await kept(web((_, response) => response.writeHead(302, { Location: "/reports" }).end()));
  const { response } = await exchange({ label: "A.get", method: "GET", url: `${url}/reports` }, new URL(url), options);
  expect(response?.status).toBe(302);
});

test("a connection that is cut in the middle of the body is a failure, not half an answer", async () => {
  const url = await kept(
    tcp((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
        setTimeout(() => socket.destroy(), 20);
      });
    }),
  );
  const { response, failure } = await exchange(
    { label: "A.get", method: "GET", url: `${url}/x` },
    new URL(url),
    options,
  );
  expect(response).toBeNull();
  expect(failure).toEqual({ kind: "cut", message: "the connection was closed before it was complete" });
});

test("it never connects to a host that is neither the subject's nor loopback", async () => {
  const connect = vi.spyOn(net.Socket.prototype, "connect");
  const subject = new URL("http://127.0.0.1:8080");
  for (const url of [
    "http://reports.example/1",
    "http://127.0.0.1.example/1",
    "https://10.0.0.7:8080/1",
    "http://0.0.0.0:8080/1",
  ]) {
    const { response, failure } = await exchange({ label: "A.get", method: "GET", url }, subject, options);
    expect(response).toBeNull();
    expect(failure?.kind).toBe("foreign");
  }
  expect(connect).not.toHaveBeenCalled();
});

test("the subject's own host and every name of loopback may be connected to", () => {
  const subject = new URL("http://reports.example:8080");
  const allowed = [
    "http://reports.example:8080/1",
    "http://localhost:9/1",
    "http://127.1.2.3/1",
    "http://[::1]:8080/1",
  ];
  expect(allowed.filter((url) => mayConnect(new URL(url), subject))).toEqual(allowed);
  expect(mayConnect(new URL("http://reports.example/1"), subject)).toBe(false);
});
