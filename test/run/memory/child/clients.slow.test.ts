import { afterAll, beforeAll, expect, test } from "vitest";
import type { Event } from "../../../../workbook/contract/model/recording.ts";
import { clientOf, clients, packageUrl } from "./clients.ts";
import { openBench, type Bench } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Times of the requests, and how the promise ended, in virtual ms. */
function summary(events: readonly Event[]): string {
  const times = events
    .flatMap((event) => (event.is === "exchange" ? [event.exchange.sentMs] : []))
    .sort((a, b) => a - b);
  const end = events.find(({ is }) => is === "resolved" || is === "rejected" || is === "stalled" || is === "stopped");
  const at = end && "atMs" in end ? end.atMs : "-";
  const name = end?.is === "rejected" ? ` ${end.error.name}` : "";
  const requests = times.length === 0 ? "none" : times.length > 100 ? `${times.length} requests` : times.join(" ");
  return `${requests}, ${end?.is} ${at}${name}`;
}

for (const [name, style] of Object.entries(clients)) {
  const missing = style.needs !== undefined && packageUrl(style.needs) === null;
  if (missing) console.log(`skipped, because dev/ has no ${style.needs}: the client "${name}"`);
  test.skipIf(missing)(`a client's requests come at exact times: ${name}`, async () => {
    const { events, problem } = await bench.play(`client: ${style.script}`, clientOf(style));
    expect(problem).toBeNull();
    expect(summary(events)).toBe(style.expected);
  });
}
