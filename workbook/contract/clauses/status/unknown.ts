import { headerOf, isJsonType } from "../../http/headers.ts";
import { hasText, jsonIn } from "../../http/json.ts";
import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { answered, bodyText } from "../../reading/server-words.ts";
import { clip } from "../../reading/clip.ts";
import { absent, answersTo, carriesId, endedIn, failOf, jobIn, readingOf } from "../../reading/server.ts";
import type { Answer, Fault } from "../../reading/server.ts";
import { inheritedNames } from "../../scenarios/server/unknown-ids.ts";

export const statusUnknown: Clause = {
  id: "status.unknown",
  side: "server",
  level: "must",
  sentence: "an id never given out is answered 404, in JSON with a reason",
  why: "A client with a wrong address has to learn that it will wait in vain. With a 200 or a 500 it polls on for ever.",
  source: "RFC 9110, section 15.5.5 (404 Not Found)",
  decided:
    "The id in a Location is replaced by another of the same form: the GET returns exactly 404 (not 410), JSON " +
    "with some text among its values. With `toString`, `__proto__` or `constructor` for the id, 404 and 400 pass, " +
    "whatever the body. A Location that can't be changed like that passes with a remark.",
  hints: [
    "Change a digit of an id by hand and ask for it.",
    "No job under this id: answer 404, with an error in JSON. Keep jobs in a Map; a plain object seems to have toString.",
    'if (job === undefined) return c.json({ error: "There is no report with this id." }, 404);',
  ],
  needs: [],
  mayBeBlockedBy: ["status.processing"],
  yieldsTo: ["status.isolated"],
  scenarios: ["S1", "S5"],
  check(evidence) {
    const one = readingOf(evidence, "S1");
    const first = jobIn(one, "A");
    const outcome = unknownOutcome(evidence);
    if (first?.reads.some((answer) => carriesId(answer, first))) return outcome;
    return { is: "blocked", blockedBy: "status.processing", otherwise: outcome };
  },
};

function unknownOutcome(evidence: Evidence): Outcome {
  const reading = readingOf(evidence, "S5");
  const [answer] = answersTo(reading.recording, "unknown.get");
  if (!answer)
    return absent(reading, {
      is: "pass",
      remark: "No other id could be made from this Location, so none was asked for.",
    });
  if (endedIn(answer)) return absent(reading, { is: "pass" });
  const fault = unknownFault(answer);
  if (fault) return failOf("S5", answer, fault);
  for (const name of inheritedNames) {
    const [inherited] = answersTo(reading.recording, `${name}.get`);
    if (!inherited || endedIn(inherited)) return absent(reading, { is: "pass" });
    const code = inherited.exchange.failure ? 0 : inherited.exchange.response?.status;
    if (code === 404 || code === 400) continue;
    const remark = "Every object of JavaScript seems to have this name. A Map has only what was put into it.";
    return failOf("S5", inherited, {
      expected: `404 Not Found for the id ${name}`,
      seen: answered(inherited.exchange),
      on: "status",
      remark,
    });
  }
  return { is: "pass" };
}

function unknownFault({ exchange }: Answer): Fault | null {
  const { response, failure } = exchange;
  const { pathname, search } = new URL(exchange.request.url);
  if (!response || failure || response.status !== 404) {
    const on = "status" as const;
    const gone =
      response?.status === 410 ? { remark: "410 is for what was there once. This id was never given out." } : {};
    return { expected: "404 Not Found", seen: `${answered(exchange)} for ${clip(pathname + search, 50)}`, on, ...gone };
  }
  const type = headerOf(response, "content-type");
  if (!isJsonType(type)) {
    const seen = type === null ? "404 with no content type" : `404 with ${clip(type, 40)}`;
    return {
      expected: "404 with a JSON body",
      seen,
      on: "header:content-type",
      remark: "404 is right; its body must be JSON.",
    };
  }
  if (hasText(jsonIn(response))) return null;
  const remark = "404 is right; its body must say what is wrong.";
  return {
    expected: "404 with a reason, as text",
    seen: `404 with ${bodyText(response.body, 40)}`,
    on: "body",
    remark,
  };
}
