import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { places } from "../../workbook/content/places.ts";
import { whyWithout } from "./dev.ts";
import { type Absent, libraries, type Library, poller, raw } from "./libraries.ts";
import { inFront, measure, type Row } from "./measure.ts";
import { output, programVersion } from "./programs.ts";
import { tableRows } from "./table.ts";

const why = process.env.ACCEPTED_ALL_TESTS ? null : "real waits: npm run check -- all runs it";
const because = why ? ` (skipped: ${why})` : "";
const all = why ? [] : await libraries();
const present = all.filter((one): one is Library => !("why" in one));
const absent = all.filter((one): one is Absent => "why" in one);
const rows = tableRows(readFileSync(places("03-polling").text, "utf8"));
const rowOf = (name: string) => rows.find((row) => row.name === name);

/** True if this machine has another version of the program than the table, which may behave differently. */
const isOther = ({ name, version, machines }: Library): boolean => machines && rowOf(name)?.version !== version;

describe.skipIf(why !== null)(`the table of HTTP clients in lesson 03${because}`, () => {
  const measured = new Map<string, Promise<Row>>();
  const begin = (some: readonly Library[]): Promise<unknown> => {
    for (const library of some) measured.set(library.name, measure(library));
    return Promise.allSettled(measured.values());
  };
  // Nearly all of the time is waiting, so all run at once. Starting programs blocks this process: they start after the
  // first responses are sent, and before the second requests are due.
  beforeAll(async () => {
    const inside = begin(present.filter(({ machines }) => !machines));
    await new Promise((resolve) => void setTimeout(resolve, 2000));
    await Promise.all([inside, begin(present.filter((one) => one.machines && !isOther(one)))]);
  }, 90_000);

  test("has a row for each client", () => {
    expect(rows.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
  });

  for (const library of present) {
    const { name, version } = library;
    if (isOther(library)) test.skip(`${name} is here in ${version}; the table is of ${rowOf(name)?.version}`);
    else {
      test(`is true in each cell for ${name} ${version}`, { timeout: 90_000 }, async () => {
        const row = rowOf(name);
        const seen = await measured.get(name);
        // On a busy machine a wait can look longer than it is, so a row that differs is measured once more, alone.
        const sure = isDeepStrictEqual(seen, row?.cells) ? seen : await measure(library);
        expect({ version: row?.version, ...row?.cells }).toEqual({ version, ...sure });
      });
    }
  }
  for (const { name, why: reason } of absent) test.skip(`${name}: ${reason}`);
});

describe.skipIf(why !== null)(`what lesson 03 says besides of HTTP clients${because}`, () => {
  test.skipIf(whyWithout !== null)(
    `@azure/core-lro polls at once, whatever the 202 says, and takes "processing" for the result${whyWithout ? ` (${whyWithout})` : ""}`,
    async () => {
      await inFront(undefined, async ({ origin, seen }) => {
        const post = { method: "POST", body: "{}" };
        const begun = await poller(() => raw(fetch(`${origin}/reports`, post)));
        expect(await begun.pollUntilDone()).toMatchObject({ status: "processing" });
        expect(seen.map(({ method }) => method)).toEqual(["POST", "GET"]);
        expect((seen[1]?.atMs ?? Infinity) - (seen[0]?.atMs ?? 0)).toBeLessThan(4000);
      });
    },
  );

  const curl = programVersion("curl", ["--version"], /^curl ([\d.]+)/);
  test.skipIf(curl === null)(
    `curl --retry sends a POST again after its own --max-time${curl ? "" : " (curl is not there)"}`,
    async () => {
      await inFront({ method: "POST", kind: "silent" }, async ({ origin, seen }) => {
        await output("curl", ["--silent", "--retry", "1", "--max-time", "1", "--data", "{}", `${origin}/reports`]);
        expect(seen.map(({ method }) => method)).toEqual(["POST", "POST"]);
      });
    },
  );
});
