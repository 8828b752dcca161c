import type { Clause } from "../../model/clause.ts";
import { answered, seconds } from "../../reading/server-words.ts";
import { absent, failOf, jobIn, lateAmongOthers, lateWords, markOf, readingOf } from "../../reading/server.ts";

export const chooseSlow: Clause = {
  id: "choose.slow",
  side: "server",
  level: "must",
  sentence: "a full report is answered 202 within 2.5 s",
  why: "Two seconds are a wait that a person bears and no gateway cuts. What takes longer is better promised than waited for.",
  source:
    "a convention: wait for a moment, then answer 202 with a handle (Snowflake SQL API, Elasticsearch async search)",
  decided:
    "The POST of a full report returns 202 within 2.5 s, alone and with two others at the same time. Returning at " +
    "once is fine too.",
  hints: [
    "How long does a full report's POST wait before it answers?",
    "Let the work race against two seconds, and answer with whichever comes first.",
    "await Promise.race([work, wait(2_000)]); // then look how the job is",
  ],
  needs: [],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const post = jobIn(reading, "A")?.post;
    if (!post || (!post.exchange.response && reading.ended)) return absent(reading, { is: "pass" });
    const { exchange, doneMs } = post;
    const expected = "202 Accepted within 2.5 s";
    const prompt = doneMs !== null && doneMs <= 2_500;
    if (prompt && exchange.response?.status === 202) {
      const late = lateAmongOthers(evidence, 2_500);
      return late ? failOf("S4", late, { expected, seen: lateWords(late), on: "status" }) : { is: "pass" };
    }
    const seen = doneMs === null ? answered(exchange) : `${answered(exchange)} after ${seconds(doneMs)}`;
    return { is: "fail", expected, seen, mark: markOf("S1", post, "status") };
  },
};
