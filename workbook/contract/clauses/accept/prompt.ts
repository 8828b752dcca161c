import type { Clause, Evidence } from "../../model/clause.ts";
import { answered, seconds } from "../../reading/server-words.ts";
import { absent, failOf, jobIn, lateAmongOthers, lateWords, markOf, readingOf } from "../../reading/server.ts";

export const acceptPrompt: Clause = {
  id: "accept.prompt",
  side: "server",
  level: "must",
  sentence: "the answer comes before the work is done",
  why:
    "A client that waits for the work cannot tell, when the line drops, whether it was done. " +
    "With 202 the client knows at once: taken on, not done.",
  source: "RFC 9110, section 15.3.3: 202 says that the request was accepted, and that its processing is not complete",
  decided:
    "A full report is requested alone; then three at once, and a summary 0.3 s later. Each response is there " +
    "within 1 s of its POST (2 s for a server at a URL), the summary's within 1.5 s (2.5 s). The first also takes " +
    "at most 2 s of real time. The status code isn't judged here.",
  hints: [
    "What does your handler wait for before it answers?",
    "Start the work, but do not await it: keep the job in a map, answer, and let the work go on.",
    'void runJob(id, params); return c.json({ id, status: "processing" }, 202);',
  ],
  needs: [],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const job = jobIn(reading, "A");
    if (!job || (!job.post.exchange.response && reading.ended)) return absent(reading, { is: "pass" });
    const limitMs = evidence.world.clock === "virtual" ? 1_000 : 2_000;
    const { exchange, doneMs } = job.post;
    const expected = `an answer within ${seconds(limitMs)}`;
    const mark = markOf("S1", job.post, "status");
    if (doneMs === null) return { is: "fail", expected, seen: answered(exchange), mark };
    // Only a file run can tell whether the thread was blocked.
    const held = evidence.world.clock === "virtual" && (heldThread(evidence) || exchange.slow);
    const remark = held ? { remark: "Work must wait without holding the thread." } : {};
    if (doneMs > limitMs) {
      const when = `${answered(exchange)} after ${seconds(doneMs)}`;
      return {
        is: "fail",
        expected,
        seen: doneMs >= 4_900 ? `${when}, when the report was made` : when,
        mark,
        ...remark,
      };
    }
    if (exchange.slow) {
      return {
        is: "fail",
        expected: "an answer within 2 s of real time",
        seen: `${answered(exchange)}, later than that`,
        mark,
        ...remark,
      };
    }
    const late = lateAmongOthers(evidence, limitMs);
    return late ? failOf("S4", late, { expected, seen: lateWords(late), on: "status" }) : { is: "pass" };
  },
};

/** True if the probe that S1 takes 300 ms after the POST came late: the thread was blocked. */
function heldThread(evidence: Evidence): boolean {
  const probe = evidence.recording("S1")?.events.find((event) => event.is === "probe");
  return probe?.is === "probe" && probe.atMs > 1_000;
}
