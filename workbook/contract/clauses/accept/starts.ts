import type { Clause, Outcome } from "../../model/clause.ts";
import { answered, seconds } from "../../reading/server-words.ts";
import { absent, answersTo, isOver, jobIn, markOf, readingOf, word } from "../../reading/server.ts";
import type { Job, Reading } from "../../reading/server.ts";

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
  decided:
    "After the POST of a full report nothing is sent for 10.2 s. The first GET on its Location must then say " +
    '"completed" or "failed". So a worker that looks for jobs every few seconds is fine.',
  hints: [
    "Order a report, do not ask for ten seconds, then ask once.",
    "The work is started where the order is accepted, not where the status is read.",
    "void runJob(id, params); // in the POST handler",
  ],
  needs: ["status.completed"],
  yieldsTo: [],
  scenarios: ["S2"],
  check(evidence) {
    const reading = readingOf(evidence, "S2");
    const job = jobIn(reading, "A");
    const [first] = job?.reads ?? [];
    if (!first || first.exchange.failure?.kind === "ended") return absent(reading, notDone(undefined, reading));
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
    return absent(reading, { is: "blocked", blockedBy: "status.completed", otherwise: notDone(first, reading) });
  },
};

function notDone(first: Job["reads"][number] | undefined, reading: Reading): Outcome {
  const last = answersTo(reading.recording, "A.get", jobIn(reading, "A")?.post.exchange.sentMs).at(-1) ?? first;
  const seen = last
    ? `${word(last) ?? answered(last.exchange)}, still at ${seconds(last.atMs)}`
    : "no status to be read";
  return { is: "fail", expected: "done by 10 s, with nobody asking", seen, mark: markOf("S2", last, "body") };
}
