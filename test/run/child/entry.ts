/** The child as the tests start it: with scenarios of their own. */
import type { Scenario } from "../../../workbook/contract/types.ts";
import { start } from "../../../workbook/run/child/start.ts";

const json = [["content-type", "application/json"]] as const;

const list: readonly Scenario[] = [
  {
    name: "server: one request",
    side: "server",
    about: "asks once",
    async play(bench) {
      await bench.send({ label: "get", method: "GET", url: "/" });
    },
  },
  {
    name: "server: one job",
    side: "server",
    about: "orders a report and asks twice",
    async play(bench) {
      const posted = await bench.send({ label: "post", method: "POST", url: "/reports", body: "{}" });
      const location = posted.response?.headers.find(([name]) => name === "location")?.[1] ?? "/nowhere";
      for (const at of [1000, 4999, 5001]) {
        await bench.until(at);
        await bench.send({ label: `get ${at}`, method: "GET", url: location });
      }
    },
  },
  {
    name: "client: three polls",
    side: "client",
    about: "processing three times, then completed",
    async play(bench) {
      await bench.run({
        params: { genre: "poetry" },
        script: {
          answer: (request, { gets }) =>
            request.method === "POST"
              ? { status: 202, headers: [...json, ["location", "/jobs/1"]], body: `{"id":"1"}`, delayMs: 0 }
              : gets > 3
                ? { status: 200, headers: json, body: `{"status":"completed","result":{"n":1}}`, delayMs: 0 }
                : { status: 200, headers: [...json, ["retry-after", "5"]], body: `{"status":"processing"}`, delayMs: 0 },
        },
      });
    },
  },
];

void start(new Map(list.map((scenario) => [scenario.name, scenario])));
