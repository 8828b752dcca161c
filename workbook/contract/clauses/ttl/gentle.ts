import type { Clause } from "../../model/clause.ts";
import { absent, readingOf } from "../../reading/server.ts";
import { sweeps } from "../../scenarios/server/cleaning.ts";
import { probes } from "./timeline.ts";

export const ttlGentle: Clause = {
  id: "ttl.gentle",
  side: "server",
  level: "should",
  sentence: "a sweep costs by what expires, not by what is stored",
  why: "A sweep that walks over everything holds up all requests meanwhile, and longest when the server has most to do.",
  source: "Node.js documentation, Don't block the event loop",
  decided:
    "Sweeps in which 200 jobs expire are measured in real time, five with 10,000 other jobs stored and five with " +
    "100,000. The shortest of the second five blocks the event loop for at most 4 times as long as the shortest of " +
    "the first, plus 1 ms. Only a full grading measures it.",
  hints: [
    "What does your sweep do when a hundred thousand jobs are stored and none is old?",
    "Jobs finish in an order, and expire in the same order: stop at the first that is not yet due. In a Map, not in an array: its shift() moves all the others.",
    "for (const [id, expiresAt] of expiries) { if (expiresAt > now) return; expiries.delete(id); jobs.delete(id); }",
  ],
  needs: ["ttl.reclaims"],
  yieldsTo: [],
  scenarios: ["S12"],
  check(evidence) {
    const reading = readingOf(evidence, "S12");
    const pauses = probes(reading, "pause").filter((value) => typeof value === "number");
    if (pauses.length < 2 * sweeps) return absent(reading, { is: "pass" });
    const [few, many] = [pauses.slice(0, sweeps), pauses.slice(sweeps)].map((some) => Math.min(...some));
    if ((many ?? 0) <= 4 * (few ?? 0) + 1) return { is: "pass" };
    // No figures: they are real time and differ from run to run.
    return {
      is: "fail",
      expected: "a pause that does not grow with what is stored",
      seen: "with 100,000 jobs stored a sweep takes far longer than with 10,000",
      mark: { scenario: "S12", event: null, on: "settle" },
    };
  },
};
