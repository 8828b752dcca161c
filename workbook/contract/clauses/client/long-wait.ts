import type { Clause } from "../../model/clause.ts";
import { judgeWait, judgeWaits, waitsOf } from "../../reading/client-waits.ts";
import { readingOf } from "../../reading/client.ts";

export const clientLongWait: Clause = {
  id: "client.long-wait",
  side: "client",
  level: "should",
  sentence: "a Retry-After of 30 days does not become a hot loop: it waits, caps the wait, or gives up",
  why: "setTimeout overflows at 24.8 days and fires after 1 ms: the longest wait becomes the fastest loop.",
  source: "Node.js docs, Timers, setTimeout (over 2147483647 ms it is 1 ms); @azure/core-lro clamps for it",
  decided:
    'After a "processing" response with Retry-After 2592000 (30 days) no request is sent for 60 s. Waiting on, ' +
    "polling after that time, and settling at any time all pass.",
  hints: [
    "What does setTimeout do with 2,592,000,000 ms? Try it.",
    "Cap the wait: a client that comes back after a minute or an hour does no harm.",
    "await wait(Math.min(ms, 60 * 60 * 1000));",
  ],
  needs: ["client.adapts"],
  // A timer that polls beside the loop shows in this run too; client.waits judges that.
  yieldsTo: ["client.http-date", "client.stops"],
  scenarios: ["C-long-wait"],
  check(evidence) {
    const reading = readingOf(evidence, "C-long-wait");
    const remark = "setTimeout takes no more than 2147483647 ms; beyond that it fires at once.";
    for (const wait of waitsOf(reading)) {
      const outcome = judgeWait(evidence, reading, wait, { fromMs: 60_000 });
      if (outcome.is !== "fail") continue;
      // A wait that is capped too low is no hot loop.
      const isAtOnce = wait.next !== undefined && wait.next.sentMs - wait.doneMs < 100;
      return isAtOnce ? { ...outcome, remark } : outcome;
    }
    return judgeWaits(evidence, reading, () => ({}));
  },
};
