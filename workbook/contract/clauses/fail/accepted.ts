import type { Clause } from "../../model/clause.ts";
import { failingJob } from "../../reading/failing.ts";
import { answered } from "../../reading/server-words.ts";
import { markOf } from "../../reading/server.ts";

export const failAccepted: Clause = {
  id: "fail.accepted",
  side: "server",
  level: "must",
  sentence: "input that will fail in the work is still answered 202",
  why:
    "Accepting can only check what it can see at once. Whether the work comes to a good end is known when it has ended, " +
    "and then the status tells it.",
  source: "RFC 9110, section 15.3.3: the request might or might not eventually be acted upon",
  decided:
    "The POST of a full report of a genre that no book has returns exactly 202. When it returns isn't judged here.",
  hints: [
    "Order a genre that no book has. What does the POST answer?",
    "Only the work can look into the warehouse. The handler checks the form of an order, not the catalogue.",
  ],
  needs: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S6a"],
  check(evidence) {
    const { reading, job } = failingJob(evidence);
    // A process that ended here is judged by fail.survives.
    if (!job?.post.exchange.response && reading.ended) return { is: "pass" };
    if (!job || job.post.exchange.response?.status === 202) return { is: "pass" };
    const seen = `${answered(job.post.exchange)} for ${job.post.exchange.request.body ?? ""}`;
    const remark = "Refusing early is better design where a server can know early. Here only the work can know.";
    return { is: "fail", expected: "202 Accepted", seen, mark: markOf("S6a", job.post, "status"), remark };
  },
};
