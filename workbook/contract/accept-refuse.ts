/** What is refused at once: malformed bodies, bodies of the wrong shape, other methods. */
import { hasText, headerOf, isJsonType, jsonIn, mentions } from "./read.ts";
import { invalid, malformed } from "./scenarios/server-refusing.ts";
import { absent, answersTo, failOf, isSuccess, jobIn, markOf, playOf } from "./server-read.ts";
import type { Answer, Fault, Play } from "./server-read.ts";
import { idOf, wordOf } from "./scenarios/server-jobs.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, bodyText, cut, shown } from "./words.ts";

export const acceptMalformed: Clause = {
  id: "accept.malformed",
  side: "server",
  level: "must",
  sentence: "malformed JSON is refused with 400 and a reason, and the server lives",
  why:
    "A 500 tells the caller that the server is broken and that trying again may help. " +
    "A 400 with a reason tells whose fault it is, and what to correct.",
  source: "RFC 9110, section 15.5.1 (400 Bad Request)",
  hints: [
    "Send half a JSON object with curl. What does your server answer?",
    "c.req.json() throws on malformed JSON. Catch it, and answer 400 with an error in JSON.",
    'try { json = JSON.parse(await c.req.text()); } catch { return c.json({ error: "The body is not JSON." }, 400); }',
  ],
  needs: [],
  elses: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S1", "S7"],
  check(evidence) {
    const blocked = withoutValidPost(evidence);
    if (blocked) return blocked;
    const play = playOf(evidence, "S7");
    let remark: string | undefined;
    for (const [i, sent] of malformed.entries()) {
      const answer = jobIn(play, `malformed-${i}`)?.post;
      if (!answer || (!answer.exchange.response && play.ended)) return absent(play, noAnswer(sent));
      const fault = refusalFault(answer, "400 Bad Request", sent);
      if (fault) return failOf("S7", answer, fault);
      if (answer.exchange.response?.status === 422)
        remark = "422 passes; for a body that is no JSON at all, 400 is the plainer answer.";
    }
    const valid = jobIn(play, "A")?.post;
    if (!valid || (!valid.exchange.response && play.ended)) return absent(play, noAnswer("a valid order"));
    if (valid.exchange.response?.status === 202) return { is: "pass", ...(remark !== undefined && { remark }) };
    const fault: Fault = {
      expected: "202 Accepted for the valid order that follows",
      seen: answered(valid.exchange),
      on: "status",
    };
    return { is: "else", clause: "accept.status", otherwise: failOf("S7", valid, fault) };
  },
};

export const acceptInvalid: Clause = {
  id: "accept.invalid",
  side: "server",
  level: "must",
  sentence: "a body of the wrong shape is refused with 400 or 422 and a reason, and makes no job",
  why:
    "What is accepted is promised. A caller who learns at once that genre must be a string corrects it at once; " +
    "one who is told so by a failed job has waited for nothing.",
  source:
    "RFC 9110, sections 15.5.1 (400) and 15.5.21 (422); a convention: validate before accepting (Azure Architecture Center, Asynchronous Request-Reply)",
  hints: [
    'Which bodies does your server accept that are not an order? Try [] and {"genre": 42}.',
    "Check the shape with a schema before the job is made, and name the field in the error.",
    "const parsed = schema.safeParse(json); if (!parsed.success) return c.json({ error: describe(parsed.error) }, 400);",
  ],
  needs: ["accept.malformed"],
  yieldsTo: [],
  scenarios: ["S7"],
  check(evidence) {
    const play = playOf(evidence, "S7");
    for (const [i, sent] of invalid.entries()) {
      const answer = jobIn(play, `invalid-${i}`)?.post;
      if (!answer || (!answer.exchange.response && play.ended)) return absent(play, noAnswer(sent));
      const fault = refusalFault(answer, "400 or 422", sent) ?? namingFault(answer, sent);
      if (fault) return failOf("S7", answer, fault);
      const leak = jobBehind(play, `invalid-${i}`, answer);
      if (leak) return leak;
    }
    return { is: "pass" };
  },
};

/** What keeps an answer from being a refusal: 400 or 422, JSON with text, no Location. */
function refusalFault({ exchange }: Answer, expected: string, sent: string): Fault | null {
  const { response, failure } = exchange;
  if (!response || failure || (response.status !== 400 && response.status !== 422)) {
    return { expected, seen: `${answered(exchange)} for ${cut(sent, 30)}`, on: "status" };
  }
  const type = headerOf(response, "content-type");
  const right = `${response.status} is right; `;
  if (!isJsonType(type)) {
    const seen = `${response.status} with ${type === null ? "no content type" : cut(type, 40)}`;
    return {
      expected: `${response.status} with a JSON body`,
      seen,
      on: "header:content-type",
      remark: `${right}its body must be JSON.`,
    };
  }
  if (!hasText(jsonIn(response))) {
    const seen = bodyText(response.body, 50);
    return { expected: "a reason in the body, as text", seen, on: "body", remark: `${right}its body must say why.` };
  }
  const location = headerOf(response, "location");
  if (location === null) return null;
  return { expected: "no Location: there is no job", seen: `Location: ${cut(location, 50)}`, on: "header:location" };
}

function namingFault({ exchange }: Answer, sent: string): Fault | null {
  if (!sent.includes("genre") || mentions(jsonIn(exchange.response), "genre")) return null;
  const seen = `${bodyText(exchange.response?.body ?? "", 60)}, for ${sent}`;
  const remark = "The refusal is right; it must name the field, or the caller has to guess.";
  return { expected: "an error that names genre", seen, on: "body", remark };
}

/** The refusal has an id, and there is a job behind it. */
function jobBehind(play: Play, label: string, refusal: Answer): Outcome | null {
  const id = idOf(refusal.exchange);
  const found = answersTo(play.recording, `${label}.get`).find(
    ({ exchange }) => isSuccess(exchange) && idOf(exchange) === id && wordOf(exchange) !== null,
  );
  if (id === null || !found) return null;
  return failOf("S7", found, {
    expected: "no job for what was refused",
    seen: `a job with the id ${shown(id)}`,
    on: "body",
  });
}

function noAnswer(sent: string): Outcome {
  return { is: "fail", expected: "an answer", seen: `none for ${cut(sent, 40)}` };
}

export const acceptMethod: Clause = {
  id: "accept.method",
  side: "server",
  level: "should",
  sentence: "PUT and DELETE on the collection are refused with a 4xx, or 501",
  why:
    "Sooner or later somebody sends the wrong method. A 4xx tells them so; a 500 wakes up the people " +
    "on call, and a 2xx lets them believe that something was done.",
  source: "RFC 9110, sections 15.5.6 (405, with Allow) and 15.6.2 (501)",
  hints: [
    "What does your server answer to a DELETE on /reports?",
    "405 says that the method is not allowed here, and its Allow header says which ones are.",
    'app.all("/reports", (c) => c.json({ error: "Only POST is allowed here." }, 405, { Allow: "POST" }));',
  ],
  needs: [],
  elses: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S1", "S7"],
  check(evidence) {
    const blocked = withoutValidPost(evidence);
    if (blocked) return blocked;
    const play = playOf(evidence, "S7");
    let remark: string | undefined;
    for (const [label, method] of [
      ["PUT.put", "PUT"],
      ["DELETE.delete", "DELETE"],
    ] as const) {
      const [answer] = answersTo(play.recording, label);
      if (!answer || (!answer.exchange.response && play.ended)) return absent(play, noAnswer(`${method} /reports`));
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
    return { is: "pass", remark, mark: markOf("S7", answersTo(play.recording, "PUT.put")[0], "status") };
  },
};

/** Without a 2xx for a valid order nothing can be said about what is refused. */
function withoutValidPost(evidence: Evidence): Outcome | null {
  const play = playOf(evidence, "S1");
  const post = jobIn(play, "A")?.post;
  if (post && isSuccess(post.exchange)) return null;
  const seen = post ? answered(post.exchange) : "nothing";
  const otherwise: Outcome = {
    is: "fail",
    expected: "a 2xx for a valid order",
    seen,
    mark: markOf("S1", post, "status"),
  };
  return {
    is: "else",
    clause: "accept.status",
    otherwise: post?.exchange.response ? otherwise : absent(play, otherwise),
  };
}
