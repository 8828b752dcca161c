import type { Clause } from "../../model/clause.ts";
import { answered } from "../../reading/server-words.ts";
import { absent, failOf, jobIn, readingOf } from "../../reading/server.ts";
import type { Fault } from "../../reading/server.ts";
import { malformed } from "../../scenarios/server/refusing.ts";
import { noAnswer, refusalFault, withoutValidPost } from "./refusal.ts";

export const acceptMalformed: Clause = {
  id: "accept.malformed",
  side: "server",
  level: "must",
  sentence: "malformed JSON is refused with 400 and a reason, and the server lives",
  why:
    "A 500 tells the caller that the server is broken and that trying again may help. " +
    "A 400 with a reason tells whose fault it is, and what to correct.",
  source: "RFC 9110, section 15.5.1 (400 Bad Request)",
  decided:
    'The bodies `{"genre":` and `{genre: x}` each return 400, JSON with some text among its values, and no ' +
    "Location; 422 passes with a remark. A valid POST right after them still returns 202.",
  hints: [
    "Send half a JSON object with curl. What does your server answer?",
    "c.req.json() throws on malformed JSON. Catch it, and answer 400 with an error in JSON.",
    'try { json = JSON.parse(await c.req.text()); } catch { return c.json({ error: "The body is not JSON." }, 400); }',
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
    for (const [i, sent] of malformed.entries()) {
      const answer = jobIn(reading, `malformed-${i}`)?.post;
      if (!answer || (!answer.exchange.response && reading.ended)) return absent(reading, noAnswer(sent));
      const fault = refusalFault(answer, "400 Bad Request", sent);
      if (fault) return failOf("S7", answer, fault);
      if (answer.exchange.response?.status === 422)
        remark = "422 passes; for a body that is no JSON at all, 400 is the plainer answer.";
    }
    const valid = jobIn(reading, "A")?.post;
    if (!valid || (!valid.exchange.response && reading.ended)) return absent(reading, noAnswer("a valid order"));
    if (valid.exchange.response?.status === 202) return { is: "pass", ...(remark !== undefined && { remark }) };
    const fault: Fault = {
      expected: "202 Accepted for the valid order that follows",
      seen: answered(valid.exchange),
      on: "status",
    };
    return { is: "blocked", blockedBy: "accept.status", otherwise: failOf("S7", valid, fault) };
  },
};
