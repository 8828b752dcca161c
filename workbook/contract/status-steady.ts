/** status.settled and status.safe: what is over stays so, and asking changes nothing. */
import { absent, changed, endedIn, failOf, isOver, jobIn, markOf, playOf, word } from "./server-read.ts";
import type { Answer, Job } from "./server-read.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, seconds } from "./words.ts";

export const statusSettled: Clause = {
  id: "status.settled",
  side: "server",
  level: "must",
  sentence: "once completed or failed it stays so: the same status and result at every later GET",
  why:
    "Answers get lost on the way, so a client may have to ask twice, and two people may ask. " +
    "If the second look shows something else, nobody can rely on the first.",
  source: "RFC 9110, section 9.2.1: GET is safe; the job is over, so what it tells does not change",
  hints: [
    "Read a completed job twice, and once more a minute later. Compare.",
    "Make the result once, when the work ends, and keep it. Reading must not make, change or delete anything.",
    'jobs.set(id, { id, status: "completed", result }); // the GET only does jobs.get(id)',
  ],
  needs: ["accept.starts"],
  partNeeds: ["fail.reported"],
  // On the real clock it is read at the very end too: by then another job may have got its id.
  yieldsTo: ["choose.one-job", "accept.unique"],
  scenarios: ["S2", "S6a"],
  check(evidence) {
    const play = playOf(evidence, "S2");
    const reads = jobIn(play, "A")?.reads ?? [];
    const outcome = steadyFrom(reads, "S2", "completed");
    if (outcome.is === "fail") return outcome;
    if (play.ended) return absent(play, outcome);
    return failedPart(evidence) ?? outcome;
  },
};

/** From exercise 04 on: what failed stays failed. */
function failedPart(evidence: Evidence): Outcome | null {
  if (!evidence.graded("fail.reported") || !evidence.passed("fail.reported")) return null;
  const outcome = steadyFrom(jobIn(playOf(evidence, "S6a"), "X")?.reads ?? [], "S6a", "failed");
  return outcome.is === "fail" ? outcome : null;
}

/** Every answer after the first one that is over equals it. */
function steadyFrom(reads: readonly Answer[], scenario: string, state: string): Outcome {
  const at = reads.findIndex(isOver);
  const first = reads[at];
  if (!first) return { is: "pass" };
  for (const answer of reads.slice(at + 1)) {
    if (endedIn(answer)) break;
    const change = changed(first, answer);
    if (change === null) continue;
    const expected = `the same as at ${seconds(first.atMs)}: ${word(first) ?? state}`;
    return failOf(scenario, answer, { expected, seen: `${change}, at ${seconds(answer.atMs)}`, on: "body" });
  }
  return { is: "pass" };
}

export const statusSafe: Clause = {
  id: "status.safe",
  side: "server",
  level: "must",
  sentence: "a GET changes nothing about the work: it starts, repeats, hastens and delays none",
  why:
    "Clients, proxies and people ask as often as they like. If asking costs work, " +
    "the most impatient client decides how much your server does.",
  source: "RFC 9110, section 9.2.1 (safe methods)",
  hints: [
    "Poll one job hard, four times a second. When is it done, and is it done once?",
    "The GET handler reads and answers. It starts no work and touches no timer.",
    'app.get("/reports/:id", (c) => c.json(jobs.get(c.req.param("id"))));',
  ],
  needs: ["status.settled"],
  yieldsTo: ["status.processing", "choose.one-job"],
  scenarios: ["S3"],
  check(evidence) {
    const play = playOf(evidence, "S3");
    const job = jobIn(play, "A");
    if (!job || endedIn(job.post) || job.reads.some(endedIn)) return absent(play, { is: "pass" });
    return hardPolled(job) ?? absent(play, { is: "pass" });
  },
};

function hardPolled(job: Job): Outcome | null {
  const early = job.reads.find((answer) => isOver(answer) && (answer.doneMs ?? answer.atMs) < 4_900);
  if (early) {
    const seen = `${word(early)} at ${seconds(early.atMs)}, polled four times a second`;
    return failOf("S3", early, { expected: "not done before 5 s, however often it is asked for", seen, on: "body" });
  }
  const late = job.reads.find((answer) => answer.atMs > 10_100 && !isOver(answer));
  if (late) {
    const seen = `${word(late) ?? answered(late.exchange)}, still at ${seconds(late.atMs)}, polled four times a second`;
    return failOf("S3", late, { expected: "done by 10 s, however often it is asked for", seen, on: "body" });
  }
  const first = job.reads.find(isOver);
  for (const answer of first ? job.reads.slice(job.reads.indexOf(first) + 1) : []) {
    const change = first && changed(first, answer);
    if (!first || !change) continue;
    return {
      is: "fail",
      expected: `the same as at ${seconds(first.atMs)}, the work done once`,
      seen: `${change}, at ${seconds(answer.atMs)}`,
      mark: markOf("S3", answer, "body"),
    };
  }
  return null;
}
