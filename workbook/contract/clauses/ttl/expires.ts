import type { Clause, Outcome } from "../../model/clause.ts";
import { answered, shown } from "../../reading/server-words.ts";
import { absent, endedIn, failOf, readingOf, word } from "../../reading/server.ts";
import type { Reading } from "../../reading/server.ts";
import { finishedMs } from "../../scenarios/server/cleaning.ts";
import { after, hour, minute, readAt } from "./timeline.ts";
import type { Name } from "./timeline.ts";

export const ttlExpires: Clause = {
  id: "ttl.expires",
  side: "server",
  level: "must",
  sentence: "within the next hour it is gone",
  why:
    "What is never forgotten grows until the process dies, and old reports are data that you have to answer for. " +
    "A time that is kept is a promise that clients can plan with.",
  source:
    "a convention: 24 hours, then gone (Microsoft Graph, Long running operations); RFC 9110, sections 15.5.5 (404) and 15.5.11 (410)",
  decided:
    "A GET 25 h 1 min after a report finished returns 404 or 410, even though it was also read 1 h 11 min before. " +
    "The same goes for a report that finished while an archive runs. The body isn't judged.",
  hints: [
    "Is a job still there 25 hours after it finished?",
    "Something must look for old jobs by itself, at least once an hour. Reading a job must not prolong its life.",
    "setInterval(sweep, 10 * 60_000).unref();",
  ],
  needs: ["ttl.keeps"],
  yieldsTo: ["status.unknown"],
  scenarios: ["S8"],
  check(evidence) {
    const reading = readingOf(evidence, "S8");
    const first = goneOutcome(reading, "K");
    // A server with one worker is right: L then waits for A, and its day begins later.
    const { answer } = readAt(reading, "L", finishedMs.L + 4 * hour);
    const inTime = answer !== undefined && word(answer) === "completed";
    return first.is === "pass" && inTime ? goneOutcome(reading, "L") : first;
  },
};

/** The job must be gone 25 h and a minute after it finished. L was ordered while A was still running. */
function goneOutcome(reading: Reading, name: Name): Outcome {
  const atMs = finishedMs[name] + 25 * hour + minute;
  const { answer } = readAt(reading, name, atMs);
  const expected = `404 or 410, ${after(name, atMs)}`;
  if (!answer || endedIn(answer)) return absent(reading, { is: "fail", expected, seen: "no answer" });
  const code = answer.exchange.failure ? 0 : answer.exchange.response?.status;
  if (code === 404 || code === 410) return { is: "pass" };
  const state = word(answer);
  const seen = `${answered(answer.exchange)}${state === null ? "" : `, status ${shown(state)}`}`;
  return failOf("S8", answer, { expected, seen, on: "status" });
}
