import { afterAll, beforeAll, expect, test } from "vitest";
import type { Event } from "../../../../workbook/contract/model/recording.ts";
import { openBench, type Bench } from "./harness.ts";
import { serverOf, styles } from "./servers.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Latency of the POST, time of the last "processing" and of the first "completed", in virtual ms. */
function summary(events: readonly Event[]): string {
  const exchanges = events.flatMap((event) => (event.is === "exchange" ? [event.exchange] : []));
  const post = exchanges.find(({ label }) => label === "post");
  const says = (word: string) =>
    exchanges.filter(({ label, response }) => label !== "post" && response?.body.includes(word));
  const processing = says("processing").at(-1)?.sentMs ?? "-";
  return `${post?.doneMs} ${processing} ${says("completed")[0]?.sentMs ?? "-"}`;
}

test.each(Object.entries(styles))("a server's times are exact: %s", async (_, style) => {
  const { events, problem } = await bench.play("server: one job", serverOf(style));
  expect(problem).toBeNull();
  expect(summary(events)).toBe(style.expected);
});
