/** The line that `npm run serve` prints for each request. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { requestLog } from "../../../workbook/run/process/request-log.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** Starts a server that answers after a while. @returns its log too */
async function serving(status: number, afterMs: number): Promise<{ url: string; lines: string[] }> {
  const lines: string[] = [];
  const log = requestLog((line) => lines.push(line));
  const listening = createServer(async (incoming, outgoing) => {
    const logged = log(incoming, outgoing);
    await wait(afterMs);
    logged.ready(new Response(null, { status }));
    outgoing.writeHead(status).end();
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/reports`, lines };
}

test.each([
  [202, "202 Accepted"],
  [413, "413 Content Too Large"],
  [599, "599"],
])("a %i is called %s, as in the verdicts", async (status, named) => {
  const { url, lines } = await serving(status, 0);
  await (await fetch(url)).text();
  await expect.poll(() => lines.join("\n")).toMatch(new RegExp(`GET /reports +${named} after 0\\.\\d+ s$`));
});

test("an answer that was ready after its client had left is logged with its code and name", async () => {
  const { url, lines } = await serving(500, 200);
  await fetch(url, { signal: AbortSignal.timeout(50) }).catch(() => {});
  await expect
    .poll(() => lines.at(-1))
    .toMatch(
      /your client left at 0\.\d+ s, the answer was made \(500 Internal Server Error\) at 0\.\d+ s all the same$/,
    );
});
