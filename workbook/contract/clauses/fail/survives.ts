import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { failingJob } from "../../reading/failing.ts";
import { answered } from "../../reading/server-words.ts";
import { clip } from "../../reading/clip.ts";
import { absent, jobIn, markOf, readingOf, word } from "../../reading/server.ts";
import type { Reading } from "../../reading/server.ts";

export const failSurvives: Clause = {
  id: "fail.survives",
  side: "server",
  level: "must",
  sentence: "after a failed job the process lives and answers",
  why:
    "An error that nobody catches ends the process, and with it every other job. " +
    "One bad order then takes down the work of all the others.",
  source: "Node.js documentation, process: an unhandled rejection ends the process",
  decided:
    "Work fails alone, and between two good reports. In neither run may the process end; for a file, an error that " +
    "only a global handler catches fails too, if the job is reported as failed. A valid POST 21.1 s after the one " +
    "that failed alone returns 202.",
  hints: [
    "Order a genre that no book has, wait until the work has failed, and order again.",
    "Nobody awaits the work, so nobody catches what it throws. It has to catch by itself.",
    'async function runJob(…) { try { … } catch (error) { job.state = { status: "failed", … }; } }',
  ],
  // It cannot need fail.accepted: in exercise 05 choose.failed replaces that, and choose.failed needs this clause.
  needs: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S6a", "S6b"],
  check(evidence) {
    for (const scenario of ["S6a", "S6b"]) {
      const reading = readingOf(evidence, scenario);
      if (reading.ended) return absent(reading, { is: "pass" });
      const swallowed = unhandledIn(evidence, reading);
      if (swallowed) return swallowed;
    }
    const reading = readingOf(evidence, "S6a");
    const next = jobIn(reading, "A")?.post;
    if (next?.exchange.response?.status === 202) return { is: "pass" };
    const seen = next ? answered(next.exchange) : "no answer";
    return { is: "fail", expected: "202 Accepted for the next valid order", seen, mark: markOf("S6a", next, "status") };
  },
};

/**
 * Fails when only a listener of its own kept the process alive after an error, and the job was reported as failed
 * anyway. Where it was not, fail.reported judges what is missing.
 */
function unhandledIn(evidence: Evidence, reading: Reading): Outcome | null {
  const events = reading.recording?.events ?? [];
  const index = events.findIndex((event) => event.is === "unhandled");
  const event = events[index];
  const { finalAnswer } = failingJob(evidence);
  if (event?.is !== "unhandled" || !finalAnswer || word(finalAnswer) !== "failed") return null;
  const seen = `nobody caught ${clip(`${event.error.name}: ${event.error.message}`, 60)}`;
  return {
    is: "fail",
    expected: "every failure caught where the work is done",
    seen,
    mark: { scenario: reading.scenario, event: index, on: "settle" },
  };
}
