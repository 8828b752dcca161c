import { jsonIn, mentions } from "../../http/json.ts";
import type { Clause, Outcome } from "../../model/clause.ts";
import { bodyText, shown } from "../../reading/server-words.ts";
import { absent, answersTo, failOf, isSuccess, jobIn, readingOf } from "../../reading/server.ts";
import type { Answer, Fault, Reading } from "../../reading/server.ts";
import { idOf, wordOf } from "../../scenarios/server/jobs.ts";
import { invalid } from "../../scenarios/server/refusing.ts";
import { noAnswer, refusalFault } from "./refusal.ts";

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
  decided:
    'The bodies `[]`, `"x"`, `42`, `{"genre": 42}`, `{"genre": ["a"]}` and `{"kind": 5}` each return 400 or 422, ' +
    "JSON with some text among its values, and no Location. For the two with a genre, the JSON contains the word " +
    '"genre". If a refusal has an `id`, a GET for that id finds no job.',
  hints: [
    'Which bodies does your server accept that are not an order? Try [] and {"genre": 42}.',
    "Check the shape with a schema before the job is made, and name the field in the error.",
    "const parsed = schema.safeParse(json); if (!parsed.success) return c.json({ error: describe(parsed.error) }, 400);",
  ],
  needs: ["accept.malformed"],
  yieldsTo: [],
  scenarios: ["S7"],
  check(evidence) {
    const reading = readingOf(evidence, "S7");
    for (const [i, sent] of invalid.entries()) {
      const answer = jobIn(reading, `invalid-${i}`)?.post;
      if (!answer || (!answer.exchange.response && reading.ended)) return absent(reading, noAnswer(sent));
      const fault = refusalFault(answer, "400 or 422", sent) ?? namingFault(answer, sent);
      if (fault) return failOf("S7", answer, fault);
      const leak = jobBehind(reading, `invalid-${i}`, answer);
      if (leak) return leak;
    }
    return { is: "pass" };
  },
};

function namingFault({ exchange }: Answer, sent: string): Fault | null {
  if (!sent.includes("genre") || mentions(jsonIn(exchange.response), "genre")) return null;
  const seen = `${bodyText(exchange.response?.body ?? "", 60)}, for ${sent}`;
  const remark = "The refusal is right; it must name the field, or the caller has to guess.";
  return { expected: "an error that names genre", seen, on: "body", remark };
}

/** Fails when the refusal has an id and a GET finds a job under it. */
function jobBehind(reading: Reading, label: string, refusal: Answer): Outcome | null {
  const id = idOf(refusal.exchange);
  const found = answersTo(reading.recording, `${label}.get`).find(
    ({ exchange }) => isSuccess(exchange) && idOf(exchange) === id && wordOf(exchange) !== null,
  );
  if (id === null || !found) return null;
  return failOf("S7", found, {
    expected: "no job for what was refused",
    seen: `a job with the id ${shown(id)}`,
    on: "body",
  });
}
