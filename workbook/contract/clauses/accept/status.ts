import type { Clause } from "../../model/clause.ts";
import { answered } from "../../reading/server-words.ts";
import { markOf, readingOf } from "../../reading/server.ts";
import type { Job } from "../../reading/server.ts";

export const acceptStatus: Clause = {
  id: "accept.status",
  side: "server",
  level: "must",
  sentence: "every valid POST is answered 202",
  why:
    "The status is all that proxies, logs and monitors see. A 200 tells them that the report is made, " +
    "and a client that believes it never asks again.",
  source: "RFC 9110, section 15.3.3 (202 Accepted)",
  decided:
    'Three POSTs in turn (a genre, a genre with `kind: "full"`, and `{}`) and four side by side (among them `kind: ' +
    '"summary"` alone) each return exactly 202. No other 2xx will do. Lesson 5 sends no summary here.',
  hints: [
    "Look at the status line of your answer, for every kind of valid order.",
    "genre and kind may both be absent: such an order is valid, and is answered like any other.",
    'return c.json({ id, status: "processing" }, 202);',
  ],
  needs: ["accept.prompt"],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const wrong = ["S1", "S4"]
      .flatMap((name) => readingOf(evidence, name).jobs)
      .filter((job) => !job.post.exchange.aside && job.post.exchange.failure?.kind !== "ended")
      .find((job) => job.post.exchange.response?.status !== 202);
    if (!wrong) return { is: "pass" };
    return {
      is: "fail",
      expected: "202 Accepted",
      seen: `${answered(wrong.post.exchange)} for ${wrong.post.exchange.request.body ?? ""}`,
      mark: markOf(wrong.scenario, wrong.post, "status"),
      ...statusRemark(wrong),
    };
  },
};

function statusRemark(job: Job): { remark?: string } {
  const found = job.post.exchange.response?.status;
  if (found === 201) {
    return {
      remark: "Some guides answer 201 for the job as a new resource. This contract says 202: accepted, not yet done.",
    };
  }
  if (found === 200) return { remark: "200 says that it is done. 202 says that it is taken on." };
  if (found !== undefined && found >= 400 && found < 500)
    return { remark: "This order is valid: genre and kind are both optional." };
  return {};
}
