import type { Clause, Outcome } from "../../model/clause.ts";
import { answered, seconds, shown } from "../../reading/server-words.ts";
import { absent, failOf, isSuccess, readingOf } from "../../reading/server.ts";
import type { Fault, Job, Reading } from "../../reading/server.ts";

export const acceptUnique: Clause = {
  id: "accept.unique",
  side: "server",
  level: "must",
  sentence: "two POSTs make two jobs with different ids, even when sent at the same time",
  why:
    "Two orders under one id overwrite each other: one client reads the other's report, and one report is lost. " +
    "Often it happens only under load, and nobody sees it while testing by hand.",
  source:
    "a convention: each accepted request has a status monitor of its own (RFC 9110, section 15.3.3, speaks of one for the request)",
  decided:
    "Three POSTs are sent at once, two of them equal, and a summary's 0.3 s later (not in lesson 5). Another three " +
    "are sent in turn, each after the job before it is done. Within each series, no two responses have the same " +
    "`id`.",
  hints: [
    "What do two POSTs get that arrive in the same millisecond?",
    "A clock is not a source of ids, and neither is the body. Nor is a counter that is read before an await and raised after it.",
    "const id = crypto.randomUUID();",
  ],
  needs: ["accept.body"],
  yieldsTo: [],
  scenarios: ["S4", "S1"],
  check(evidence) {
    const reading = readingOf(evidence, "S4");
    for (const job of reading.jobs) {
      if (job.post.exchange.failure?.kind === "ended") return absent(reading, { is: "pass" });
      if (job.id === null) {
        const fault: Fault = {
          expected: "an id for each of the POSTs",
          seen: `no id in the answer ${answered(job.post.exchange)}`,
          on: "body",
        };
        const outcome = failOf("S4", job.post, fault);
        return isSuccess(job.post.exchange)
          ? outcome
          : { is: "blocked", blockedBy: "accept.status", otherwise: outcome };
      }
    }
    // S4 sends them at once. S1 sends them one after the other, which shows ids that are reused once their job is done.
    const twins = twinsIn(reading) ?? twinsIn(readingOf(evidence, "S1"));
    if (twins) return twins;
    return reading.jobs.length >= 3 ? { is: "pass" } : absent(reading, { is: "pass" });
  },
  mayBeBlockedBy: ["accept.status"],
};

/** Two jobs of a scenario that have the same id; null when there are none. */
function twinsIn({ scenario, jobs }: Reading): Outcome | null {
  const seen = new Map<string, Job>();
  for (const job of jobs) {
    if (job.id === null) continue;
    const twin = seen.get(job.id);
    seen.set(job.id, job);
    if (!twin) continue;
    const [first, second] = [twin.post.exchange, job.post.exchange];
    const same = first.request.body === second.request.body ? "equal " : "";
    const apartMs = Math.abs(second.sentMs - first.sentMs);
    const how = apartMs < 50 ? "at once" : `${seconds(apartMs)} apart`;
    const text = `two ${same}POSTs ${how}: both have the id ${shown(job.id)}`;
    return failOf(scenario, job.post, { expected: "two POSTs, two ids", seen: text, on: "body" });
  }
  return null;
}
