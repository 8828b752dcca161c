import { headerOf } from "../../http/headers.ts";
import type { Clause } from "../../model/clause.ts";
import { answered } from "../../reading/server-words.ts";
import { absent, answersTo, failOf, markOf, readingOf } from "../../reading/server.ts";
import { noAnswer, withoutValidPost } from "./refusal.ts";

export const acceptMethod: Clause = {
  id: "accept.method",
  side: "server",
  level: "should",
  sentence: "PUT and DELETE on the collection are refused with a 4xx, or 501",
  why:
    "Sooner or later somebody sends the wrong method. A 4xx tells them so; a 500 wakes up the people " +
    "on call, and a 2xx lets them believe that something was done.",
  source: "RFC 9110, sections 15.5.6 (405, with Allow) and 15.6.2 (501)",
  decided:
    "A PUT and a DELETE on `/reports` each return some 4xx, or 501. The body isn't judged, and a 405 without an " +
    "Allow header gets a remark.",
  hints: [
    "What does your server answer to a DELETE on /reports?",
    "405 says that the method is not allowed here, and its Allow header says which ones are.",
    'app.all("/reports", (c) => c.json({ error: "Only POST is allowed here." }, 405, { Allow: "POST" }));',
  ],
  needs: [],
  mayBeBlockedBy: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S1", "S7"],
  check(evidence) {
    const blocked = withoutValidPost(evidence);
    if (blocked) return blocked;
    const reading = readingOf(evidence, "S7");
    let remark: string | undefined;
    for (const [label, method] of [
      ["PUT.put", "PUT"],
      ["DELETE.delete", "DELETE"],
    ] as const) {
      const [answer] = answersTo(reading.recording, label);
      if (!answer || (!answer.exchange.response && reading.ended))
        return absent(reading, noAnswer(`${method} /reports`));
      const { response } = answer.exchange;
      const code = answer.exchange.failure ? 0 : (response?.status ?? 0);
      if (!(code >= 400 && code < 500) && code !== 501) {
        return failOf("S7", answer, {
          expected: "a 4xx, or 501",
          seen: `${answered(answer.exchange)} for ${method} /reports`,
          on: "status",
        });
      }
      if (code === 405 && response && headerOf(response, "allow") === null) {
        remark = "405 is right; it should have an Allow header with the methods that are allowed.";
      }
    }
    if (remark === undefined) return { is: "pass" };
    return { is: "pass", remark, mark: markOf("S7", answersTo(reading.recording, "PUT.put")[0], "status") };
  },
};
