/** Clean-up (exercise 06): finished jobs are kept for a day, and then forgotten. */
import { fieldOf, sameJson } from "./read.ts";
import { failedMs, finishedMs, postedMs } from "./scenarios/server-cleaning.ts";
import { absent, endedIn, failOf, jobIn, markOf, objectOf, playOf, word } from "./server-read.ts";
import type { Answer, Job, Play } from "./server-read.ts";
import { ttlGentle, ttlLetsExit, ttlReclaims } from "./ttl-memory.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, field, seconds, shown } from "./words.ts";

const minute = 60_000;
const hour = 60 * minute;

type Name = keyof typeof finishedMs;

/** What was answered about a job at an instant of the timeline, ms from the start. */
function readAt(play: Play, name: Name, atMs: number): { job: Job | undefined; answer: Answer | undefined } {
  const job = jobIn(play, name);
  return { job, answer: job?.reads.find((one) => Math.abs(one.atMs + postedMs[name] - atMs) < 10_000) };
}

/** "23 h 50 min after it had finished". */
function after(name: Name, atMs: number): string {
  return atMs >= finishedMs[name]
    ? `${seconds(atMs - finishedMs[name])} after it had finished`
    : `${seconds(atMs - postedMs[name])} after the POST`;
}

/** A job is in this state at these instants. */
function expectState(evidence: Evidence, reads: readonly (readonly [Name, number])[], state: string): Outcome {
  const play = playOf(evidence, "S8");
  const first = new Map<Name, Answer>();
  for (const [name, atMs] of reads) {
    const { job, answer } = readAt(play, name, atMs);
    const expected = `${state}, ${after(name, atMs)}`;
    if (!answer || endedIn(answer)) {
      const seen = job
        ? `${answered(job.post.exchange)} for ${job.post.exchange.request.body ?? ""}, and no status`
        : "no answer";
      return absent(play, { is: "fail", expected, seen, mark: markOf("S8", job?.post, "status") });
    }
    const isOk = answer.exchange.response?.status === 200 && !answer.exchange.failure;
    if (!isOk) return failOf("S8", answer, { expected, seen: answered(answer.exchange), on: "status" });
    // A server with one worker is right: while A runs, L waits for it. What counts is that L is not forgotten.
    if (name === "L" && word(answer) === "processing") continue;
    if (word(answer) !== state)
      return failOf("S8", answer, { expected, seen: field("status", word(answer) ?? undefined), on: "body" });
    const before = first.get(name);
    const [was, is] = [before, answer].map((one) => one && fieldOf(objectOf(one), "result"));
    if (before && !sameJson(was, is))
      return failOf("S8", answer, { expected: "the same result as before", seen: field("result", is), on: "body" });
    first.set(name, answer);
  }
  return { is: "pass" };
}

const keeps: Clause = {
  id: "ttl.keeps",
  side: "server",
  level: "must",
  sentence: "a finished job can be read for 24 h after it finished",
  why:
    "The client may be a person who looks tomorrow, or a program that was down for the night. " +
    "A result that is gone before it was read was made for nothing.",
  source:
    "a convention: at least 24 hours, counted from completion (Azure REST guidelines, lro-status-monitor-retention)",
  hints: [
    "How old is a finished job when your sweep takes it? Mind the unit.",
    "Keep each job's own instant of finishing, and take it only when that is more than 24 hours ago.",
    "if (now - job.finishedAt > 24 * 3_600_000) jobs.delete(id);",
  ],
  needs: ["status.completed"],
  // S8 has a job that fails: what this does to the process or to other jobs is named there.
  yieldsTo: ["status.settled", "status.isolated", "accept.unique", "accept.starts", "fail.survives", "fail.isolated"],
  scenarios: ["S8"],
  check(evidence) {
    const early = [61 * minute, 12 * hour, 23 * hour + 50 * minute].map((ms) => ["K", finishedMs.K + ms] as const);
    const late = ["L", finishedMs.L + 4 * hour] as const;
    const { answer } = readAt(playOf(evidence, "S8"), ...late);
    // One worker at a time is right: then L waits behind A, and there is nothing to be kept yet.
    const waits = answer !== undefined && word(answer) === "processing";
    const completed = expectState(evidence, waits ? early : [...early, late], "completed");
    return completed.is === "pass" ? keepsFailed(evidence) : completed;
  },
};

/** A failed job is finished too. One that was never told as failed waits in a queue, or the fail clauses name it. */
function keepsFailed(evidence: Evidence): Outcome {
  const { answer } = readAt(playOf(evidence, "S8"), "F", failedMs.told);
  const told = answer?.exchange.response?.status === 200 && word(answer) === "failed";
  return told ? expectState(evidence, [["F", failedMs.last]], "failed") : { is: "pass" };
}

const expires: Clause = {
  id: "ttl.expires",
  side: "server",
  level: "must",
  sentence: "within the next hour it is gone",
  why:
    "What is never forgotten grows until the process dies, and old reports are data that you have to answer for. " +
    "A time that is kept is a promise that clients can plan with.",
  source:
    "a convention: 24 hours, then gone (Microsoft Graph, Long running operations); RFC 9110, sections 15.5.5 (404) and 15.5.11 (410)",
  hints: [
    "Is a job still there 25 hours after it finished?",
    "Something must look for old jobs by itself, at least once an hour. Reading a job must not prolong its life.",
    "setInterval(sweep, 10 * 60_000).unref();",
  ],
  needs: ["ttl.keeps"],
  yieldsTo: ["status.unknown"],
  scenarios: ["S8"],
  check(evidence) {
    const play = playOf(evidence, "S8");
    const first = goneOutcome(play, "K");
    // One worker at a time is right: then L waits behind A, and its day begins later.
    const { answer } = readAt(play, "L", finishedMs.L + 4 * hour);
    const inTime = answer !== undefined && word(answer) === "completed";
    return first.is === "pass" && inTime ? goneOutcome(play, "L") : first;
  },
};

/** A job is gone 25 h and a minute after it finished. L is one that came while A, ordered long before it, still ran. */
function goneOutcome(play: Play, name: Name): Outcome {
  const atMs = finishedMs[name] + 25 * hour + minute;
  const { answer } = readAt(play, name, atMs);
  const expected = `404 or 410, ${after(name, atMs)}`;
  if (!answer || endedIn(answer)) return absent(play, { is: "fail", expected, seen: "no answer" });
  const code = answer.exchange.failure ? 0 : answer.exchange.response?.status;
  if (code === 404 || code === 410) return { is: "pass" };
  const state = word(answer);
  const seen = `${answered(answer.exchange)}${state === null ? "" : `, status ${shown(state)}`}`;
  return failOf("S8", answer, { expected, seen, on: "status" });
}

const sparesRunning: Clause = {
  id: "ttl.spares-running",
  side: "server",
  level: "must",
  sentence: "a job still processing never expires",
  why: "Deleting by age alone hits those who wait longest: to them the job has vanished, while the work goes on.",
  source:
    "a convention: retention counts from completion (Azure REST guidelines). Elasticsearch does it otherwise, with a limit on running time",
  hints: [
    "An archive takes 30 hours. Is it there at 25 hours?",
    "Only what is over can expire. Look at the state before you look at the age.",
    'if (job.state.status === "processing") continue;',
  ],
  needs: ["ttl.keeps"],
  yieldsTo: ["status.processing"],
  scenarios: ["S8"],
  check: (evidence) =>
    expectState(
      evidence,
      [
        ["A", 25 * hour + 30 * minute],
        ["A", 29 * hour + 50 * minute],
      ],
      "processing",
    ),
};

const fromFinish: Clause = {
  id: "ttl.from-finish",
  side: "server",
  level: "must",
  sentence: "the time counts from finishing, not from creation",
  why: "A job that ran for 30 hours would be older than its time to live the moment it finishes, and nobody could read its result.",
  source: "a convention: counted from completion (Azure REST guidelines, lro-status-monitor-retention; Google AIP-151)",
  hints: [
    "Which instant does your sweep count from?",
    "A job has two instants, when it was accepted and when it finished. The second one is set when the work ends.",
    "expiries.set(job.id, Date.now() + keepMs); // after the work",
  ],
  needs: ["ttl.spares-running"],
  yieldsTo: [],
  scenarios: ["S8"],
  check: (evidence) =>
    expectState(
      evidence,
      [
        ["A", finishedMs.A + 2 * hour],
        ["A", finishedMs.A + 23 * hour + 50 * minute],
      ],
      "completed",
    ),
};

export const ttl: readonly Clause[] = [keeps, expires, sparesRunning, fromFinish, ttlReclaims, ttlLetsExit, ttlGentle];
