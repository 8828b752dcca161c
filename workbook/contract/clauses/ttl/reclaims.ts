import type { Clause } from "../../model/clause.ts";
import { absent, readingOf } from "../../reading/server.ts";
import { probes } from "./timeline.ts";

export const ttlReclaims: Clause = {
  id: "ttl.reclaims",
  side: "server",
  level: "must",
  sentence: "what expired is gone from memory, though nobody asks for it",
  why: "Most results are read once or never. If only a read forgets them, those that nobody asks for stay for ever.",
  source: "express-session README: a store in memory that nothing empties leaks (MemoryStore)",
  decided:
    "Your file exports `jobs` with a number in `size`. It grows with the first POST, and 25 h 2 min after the last " +
    "job finished it is what it was before that POST. Failed jobs count too. No other memory is judged.",
  hints: [
    "How large is jobs two days later, when nobody has asked for anything?",
    "A check in the GET frees only what is asked for. Sweep by a timer, and failed jobs too. The module exports jobs, with a size.",
    "export const jobs = new Map<string, Job>(); setInterval(sweep, sweepMs).unref();",
  ],
  needs: ["ttl.expires"],
  // A job that failed and is not reported as failed is not finished; fail.reported judges that.
  yieldsTo: ["ttl.spares-running", "fail.reported"],
  scenarios: ["S8"],
  check(evidence) {
    const reading = readingOf(evidence, "S8");
    const sizes = probes(reading, "jobs.size");
    const [before, grown, last] = sizes;
    if (sizes.length === 0 || (sizes.length < 3 && reading.ended)) return absent(reading, { is: "pass" });
    if (typeof before !== "number" || typeof grown !== "number") {
      return {
        is: "fail",
        expected: "the module exports jobs, with a size",
        seen: "no such export",
        mark: { scenario: "S8", event: null, on: "settle" },
      };
    }
    if (grown <= before) {
      return {
        is: "fail",
        expected: "jobs grows with a POST",
        seen: `jobs.size ${grown}, before the POST ${before}`,
        mark: { scenario: "S8", event: null, on: "settle" },
      };
    }
    if (last === before) return { is: "pass" };
    const seen = `jobs.size ${String(last)}, and nothing to come`;
    return {
      is: "fail",
      expected: `jobs.size ${before}, as before the first POST`,
      seen,
      mark: { scenario: "S8", event: null, on: "settle" },
    };
  },
};
