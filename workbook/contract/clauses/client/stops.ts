/** client.stops: after it settled no request is sent. */
import type { Clause } from "../../model/clause.ts";
import { seconds, sentAt } from "../../reading/client-words.ts";
import { markOf, playOf } from "../../reading/client.ts";
import { runs } from "./shared.ts";

export const clientStops: Clause = {
  id: "client.stops",
  side: "client",
  level: "must",
  sentence: "after it settled no request is sent",
  why: "A client that has its report and goes on asking costs the server work for nothing, as long as the program lives.",
  source: "the course: the loop breaks when the result is there; in life, an interval that nobody cleared",
  hints: [
    "What goes on after your promise has settled?",
    "An interval runs until it is cleared. Clear it on every way out, or poll in a loop that ends.",
    "try { … } finally { clearInterval(timer); }",
  ],
  needs: ["client.returns"],
  // A poll that is sent twice, or beside the loop, comes too early before it comes too late.
  yieldsTo: ["client.waits"],
  scenarios: runs,
  check(evidence) {
    for (const name of runs) {
      const play = playOf(evidence, name);
      const [late] = play.after;
      if (!late || !play.settled) continue;
      const expected = `no request after it settled at ${seconds(play.settled.atMs)}`;
      return { is: "fail", expected, seen: sentAt(late), mark: markOf(play, late) };
    }
    return { is: "pass" };
  },
};
