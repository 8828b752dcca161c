import type { Clause } from "../../model/clause.ts";
import { seconds, sentAt } from "../../reading/client-words.ts";
import { markOf, readingOf } from "../../reading/client.ts";
import { resultRuns } from "./runs.ts";

export const clientStops: Clause = {
  id: "client.stops",
  side: "client",
  level: "must",
  sentence: "after it settled no request is sent",
  why: "A client that has its report and goes on asking costs the server work for nothing, as long as the program lives.",
  source: "the course: the loop breaks when the result is there; in life, an interval that nobody cleared",
  decided:
    "In the two runs that end with a result, no request is sent from the moment of settling on, for 120 s (3 s for " +
    "a program). One sent in the same millisecond counts as after it.",
  hints: [
    "What goes on after your promise has settled?",
    "An interval runs until it is cleared. Clear it on every way out, or poll in a loop that ends.",
    "try { … } finally { clearInterval(timer); }",
  ],
  needs: ["client.returns"],
  // Polls that are sent twice, or beside the loop, come too early first; client.waits judges that.
  yieldsTo: ["client.waits"],
  scenarios: resultRuns,
  check(evidence) {
    for (const name of resultRuns) {
      const reading = readingOf(evidence, name);
      const [late] = reading.after;
      if (!late || !reading.settled) continue;
      const expected = `no request after it settled at ${seconds(reading.settled.atMs)}`;
      return { is: "fail", expected, seen: sentAt(late), mark: markOf(reading, late) };
    }
    return { is: "pass" };
  },
};
