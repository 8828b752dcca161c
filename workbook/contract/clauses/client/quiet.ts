import type { Clause, Outcome } from "../../model/clause.ts";
import type { World } from "../../model/world.ts";
import { ending, seconds } from "../../reading/client-words.ts";
import { absent, markOf, readingOf } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { resultRuns } from "./runs.ts";

const quietRuns = [...resultRuns, "C-quiet"];

const failedRun = "C-quiet-failed";

const withTimeout: Readonly<Record<string, string>> = {
  "C-quiet": "It was called with timeoutMs: 60000. Is the deadline's timer cleared?",
  [failedRun]:
    "It was called with timeoutMs: 60000, and the job failed. Is the deadline's timer cleared on that way out?",
};

export const clientQuiet: Clause = {
  id: "client.quiet",
  side: "client",
  level: "must",
  sentence: "when it has settled it leaves nothing that keeps the process alive",
  why:
    "A script that has its report should end. One timer left behind, the deadline's for example, holds it for as long " +
    "as that timer runs; clean-up timers have hung whole test runs.",
  source: "Node.js docs, Timers (timeout.unref, clearTimeout); in life: supabase/auth-js, PR 599",
  decided:
    "In three runs that end with a result, one with `timeoutMs: 60000`, and from lesson 4 on in one that ends with " +
    "a failed job, no timer or handle that keeps the process alive is left 100 turns of the event loop after " +
    "settling. A program ends within 2 s of its result.",
  hints: [
    "Your report is there; does the program end?",
    "A deadline made with setTimeout must be cleared when the call is over. AbortSignal.timeout holds nothing up.",
    "try { … } finally { clearTimeout(timer); }",
  ],
  needs: ["client.stops"],
  partNeeds: ["client.throws"],
  mayBeBlockedBy: ["client.deadline"],
  // A wait that is not awaited leaves its timer when the call is over; client.waits judges that.
  yieldsTo: ["client.waits"],
  tracesLeftovers: true,
  scenarios: [...quietRuns, failedRun],
  check(evidence) {
    // What a call leaves behind when it rejects counts from lesson 04 on, where jobs can fail.
    const rejects = evidence.graded("client.throws") && evidence.passed("client.throws");
    for (const name of rejects ? [...quietRuns, failedRun] : quietRuns) {
      const outcome = leavesNothing(readingOf(evidence, name), evidence.world.clock);
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function leavesNothing(reading: Reading, clock: World["clock"]): Outcome {
  const { settled, timers } = reading;
  const mark = markOf(reading, settled);
  const expected = "no timer and no handle left when it has settled";
  if (!settled || timers === null) {
    const otherwise: Outcome = { is: "fail", expected, seen: ending(reading), mark };
    return { is: "blocked", blockedBy: "client.deadline", otherwise: absent(reading, otherwise) };
  }
  if (timers === 0) return { is: "pass" };
  const things = timers === 1 ? "1 thing keeps" : `${timers} things keep`;
  const left = clock === "virtual" ? `${things} the process alive` : "the program was still running 2 s";
  const seen = `${left} after it ${settled.is} at ${seconds(settled.atMs)}`;
  const remark = withTimeout[reading.scenario];
  return { is: "fail", expected, seen, mark, ...(remark ? { remark } : {}) };
}
