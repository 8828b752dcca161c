/** accept.unique and accept.starts: each order makes a job of its own, and its work begins. */
import { absent, answersTo, failOf, isOver, isSuccess, jobIn, markOf, playOf, word } from "./server-read.ts";
import type { Fault, Job, Play } from "./server-read.ts";
import type { Clause, Outcome } from "./types.ts";
import { answered, seconds, shown } from "./words.ts";

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
  hints: [
    "What do two POSTs get that arrive in the same millisecond?",
    "A clock is not a source of ids, and neither is the body. Nor is a counter that is read before an await and raised after it.",
    "const id = crypto.randomUUID();",
  ],
  needs: ["accept.body"],
  yieldsTo: [],
  scenarios: ["S4", "S1"],
  check(evidence) {
    const play = playOf(evidence, "S4");
    for (const job of play.jobs) {
      if (job.post.exchange.failure?.kind === "ended") return absent(play, { is: "pass" });
      if (job.id === null) {
        const fault: Fault = {
          expected: "an id for each of the POSTs",
          seen: `no id in the answer ${answered(job.post.exchange)}`,
          on: "body",
        };
        const outcome = failOf("S4", job.post, fault);
        return isSuccess(job.post.exchange) ? outcome : { is: "else", clause: "accept.status", otherwise: outcome };
      }
    }
    // At once in S4; one after the other in S1, where an id might be given out again when its job is done.
    const twins = twinsIn(play) ?? twinsIn(playOf(evidence, "S1"));
    if (twins) return twins;
    return play.jobs.length >= 3 ? { is: "pass" } : absent(play, { is: "pass" });
  },
  elses: ["accept.status"],
};

/** Two jobs of a scenario that have the same id; null when there are none. */
function twinsIn({ scenario, jobs }: Play): Outcome | null {
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

export const acceptStarts: Clause = {
  id: "accept.starts",
  side: "server",
  level: "must",
  sentence: "accepting starts the work: it goes on with nobody asking",
  why:
    "A 202 is a promise. Work that waits for the first poll is never done for a client that went away, " +
    "and comes late for each one that obeys Retry-After.",
  source:
    "a convention: asking for a status is a GET, which is safe (RFC 9110, section 9.2.1), so it cannot be what starts the work",
  hints: [
    "Order a report, do not ask for ten seconds, then ask once.",
    "The work is started where the order is accepted, not where the status is read.",
    "void runJob(id, params); // in the POST handler",
  ],
  needs: ["status.completed"],
  yieldsTo: [],
  scenarios: ["S2"],
  check(evidence) {
    const play = playOf(evidence, "S2");
    const job = jobIn(play, "A");
    const [first] = job?.reads ?? [];
    if (!first || first.exchange.failure?.kind === "ended") return absent(play, notDone(undefined, play));
    if (isOver(first)) return { is: "pass" };
    const later = job?.reads.find(isOver);
    const expected = "done by 10 s, with nobody asking";
    const mark = markOf("S2", first, "body");
    const before = `${word(first) ?? answered(first.exchange)} at ${seconds(first.atMs)}`;
    if (later)
      return {
        is: "fail",
        expected,
        seen: `${before}, ${word(later)} at ${seconds(later.atMs)}, after it was asked for`,
        mark,
      };
    return absent(play, { is: "else", clause: "status.completed", otherwise: notDone(first, play) });
  },
};

function notDone(first: Job["reads"][number] | undefined, play: Play): Outcome {
  const last = answersTo(play.recording, "A.get", jobIn(play, "A")?.post.exchange.sentMs).at(-1) ?? first;
  const seen = last
    ? `${word(last) ?? answered(last.exchange)}, still at ${seconds(last.atMs)}`
    : "no status to be read";
  return { is: "fail", expected: "done by 10 s, with nobody asking", seen, mark: markOf("S2", last, "body") };
}
