/** ttl.reclaims, ttl.lets-exit and ttl.gentle: what a store and its sweep cost the process. */
import { sweeps } from "./scenarios/server-cleaning.ts";
import { absent, playOf } from "./server-read.ts";
import type { Play } from "./server-read.ts";
import type { Clause } from "./types.ts";

export const ttlReclaims: Clause = {
  id: "ttl.reclaims",
  side: "server",
  level: "must",
  sentence: "what expired is gone from memory, though nobody asks for it",
  why: "Most results are read once or never. If only a read forgets them, those that nobody asks for stay for ever.",
  source: "express-session README: a store in memory that nothing empties leaks (MemoryStore)",
  hints: [
    "How large is jobs two days later, when nobody has asked for anything?",
    "A check in the GET frees only what is asked for. Sweep by a timer, and failed jobs too. The module exports jobs, with a size.",
    "export const jobs = new Map<string, Job>(); setInterval(sweep, sweepMs).unref();",
  ],
  needs: ["ttl.expires"],
  // A failed job that is never told to be one is not finished; fail.reported names it.
  yieldsTo: ["ttl.spares-running", "fail.reported"],
  scenarios: ["S8"],
  check(evidence) {
    const play = playOf(evidence, "S8");
    const sizes = probes(play, "jobs.size");
    const [before, grown, last] = sizes;
    if (sizes.length === 0 || (sizes.length < 3 && play.ended)) return absent(play, { is: "pass" });
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

function probes(play: Play, name: string): readonly (number | string | boolean | null)[] {
  return (play.recording?.events ?? []).flatMap((event) =>
    event.is === "probe" && event.name === name ? [event.value] : [],
  );
}

export const ttlLetsExit: Clause = {
  id: "ttl.lets-exit",
  side: "server",
  level: "must",
  sentence: "with no job at work nothing in the module keeps the process alive",
  why: "A timer that is never unref'd keeps a test run hanging after its last test, and a deployment waiting for a process that has nothing to do.",
  source:
    "Node.js documentation, timers: timeout.unref(). Real: a clean-up interval without it hid a hang in CI (n8n-io/n8n #32146)",
  hints: [
    "Import the module in a script that does nothing else. Does it end?",
    "A timer for cleaning up must not hold the process. Every timer has unref().",
    "setInterval(sweep, sweepMs).unref();",
  ],
  needs: [],
  // Work that is never over holds the process too; status.settled names it.
  yieldsTo: ["status.settled"],
  scenarios: ["S8"],
  check(evidence) {
    const play = playOf(evidence, "S8");
    const [imported, idle, last] = probes(play, "timers");
    const expected = "nothing that keeps the process alive";
    const mark = { scenario: "S8", event: null, on: "settle" } as const;
    if (typeof imported === "number" && imported > 0)
      return { is: "fail", expected, seen: `${timers(imported)} after import`, mark };
    if (imported === undefined || idle === undefined) return absent(play, { is: "pass" });
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

export const ttlGentle: Clause = {
  id: "ttl.gentle",
  side: "server",
  level: "should",
  sentence: "a sweep costs by what expires, not by what is stored",
  why: "A sweep that walks over everything holds up all requests meanwhile, and longest when the server has most to do.",
  source: "Node.js documentation, Don't block the event loop",
  hints: [
    "What does your sweep do when a hundred thousand jobs are stored and none is old?",
    "Jobs finish in an order, and expire in the same order: stop at the first that is not yet due. In a Map, not in an array: its shift() moves all the others.",
    "for (const [id, expiresAt] of expiries) { if (expiresAt > now) return; expiries.delete(id); jobs.delete(id); }",
  ],
  needs: ["ttl.reclaims"],
  yieldsTo: [],
  scenarios: ["S12"],
  check(evidence) {
    const play = playOf(evidence, "S12");
    const pauses = probes(play, "pause").filter((value) => typeof value === "number");
    if (pauses.length < 2 * sweeps) return absent(play, { is: "pass" });
    const [few, many] = [pauses.slice(0, sweeps), pauses.slice(sweeps)].map((some) => Math.min(...some));
    if ((many ?? 0) <= 4 * (few ?? 0) + 1) return { is: "pass" };
    // No figures: they are real time, and would differ from run to run.
    return {
      is: "fail",
      expected: "a pause that does not grow with what is stored",
      seen: "with 100,000 jobs stored a sweep takes far longer than with 10,000",
      mark: { scenario: "S12", event: null, on: "settle" },
    };
  },
};
