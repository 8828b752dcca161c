import type { Clause } from "../../model/clause.ts";
import { absent, readingOf } from "../../reading/server.ts";
import { probes } from "./timeline.ts";

export const ttlLetsExit: Clause = {
  id: "ttl.lets-exit",
  side: "server",
  level: "must",
  sentence: "with no job at work nothing in the module keeps the process alive",
  why: "A timer that is never unref'd keeps a test run hanging after its last test, and a deployment waiting for a process that has nothing to do.",
  source:
    "Node.js documentation, timers: timeout.unref(). Real: a clean-up interval without it hid a hang in CI (n8n-io/n8n #32146)",
  decided:
    "No timer or handle that keeps the process alive is there after the import, 11.2 s after the POST of the first " +
    "and only job, and 25 h 2 min after the last job finished. Timers with `unref()` are fine.",
  hints: [
    "Import the module in a script that does nothing else. Does it end?",
    "A timer for cleaning up must not hold the process. Every timer has unref().",
    "setInterval(sweep, sweepMs).unref();",
  ],
  needs: [],
  // Work that never ends holds the process too; status.settled judges that.
  yieldsTo: ["status.settled"],
  tracesLeftovers: true,
  scenarios: ["S8"],
  check(evidence) {
    const reading = readingOf(evidence, "S8");
    const [imported, idle, last] = probes(reading, "timers");
    const expected = "nothing that keeps the process alive";
    const mark = { scenario: "S8", event: null, on: "settle" } as const;
    if (typeof imported === "number" && imported > 0)
      return { is: "fail", expected, seen: `${timers(imported)} after import`, mark };
    if (imported === undefined || idle === undefined) return absent(reading, { is: "pass" });
    if (typeof idle === "number" && idle > 0)
      return { is: "fail", expected, seen: `${timers(idle)} when the only job had finished`, mark };
    if (typeof last === "number" && last > 0)
      return { is: "fail", expected, seen: `${timers(last)} two days later, with no job at work`, mark };
    return { is: "pass" };
  },
};

function timers(count: number): string {
  return count === 1 ? "1 timer or handle" : `${count} timers or handles`;
}
