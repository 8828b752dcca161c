import { headerOf, isJsonType } from "../../http/headers.ts";
import { fieldOf, isObject, jsonOf } from "../../http/json.ts";
import type { Clause, Outcome } from "../../model/clause.ts";
import { answered, bodyText, field } from "../../reading/server-words.ts";
import { absent, failOf, hasContent, readingOf } from "../../reading/server.ts";
import type { Fault, Job, Reading } from "../../reading/server.ts";

export const acceptBody: Clause = {
  id: "accept.body",
  side: "server",
  level: "must",
  sentence: 'the answer is JSON, an object with an id and the status "processing"',
  why:
    "The body of a 202 is the first report on the job. With an id in it people can name the job in logs and emails, " +
    "and the word processing tells a client the same as every later answer does.",
  source: "RFC 9110, section 15.3.3: the body of a 202 ought to describe the current status of the request",
  decided:
    "Every 2xx that a valid POST gets has a JSON object with `id`, a string that isn't empty (so no number), and " +
    '`status: "processing"`. Other fields are free. Responses with another status code, or with 204 or 205, are ' +
    "left to accept.status.",
  hints: [
    "What is in the body of your 202?",
    "It has an id, a string that is not empty, and a status. Let the status resource answer in the same form.",
    'c.json({ id, status: "processing" }, 202)',
  ],
  needs: ["accept.prompt"],
  mayBeBlockedBy: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const posts = reading.jobs.filter(({ post }) => !post.exchange.aside);
    const first = posts[0];
    if (!first) return absent(reading, { is: "pass" });
    if (!hasContent(first.post.exchange)) {
      const fault: Fault = {
        expected: "202 Accepted with a JSON body",
        seen: answered(first.post.exchange),
        on: "status",
      };
      return {
        is: "blocked",
        blockedBy: "accept.status",
        otherwise: absentAnswer(reading, first, failOf("S1", first.post, fault)),
      };
    }
    for (const { post, scenario } of [...posts, ...readingOf(evidence, "S4").jobs]) {
      const fault = hasContent(post.exchange) ? bodyFault(post.exchange.response) : null;
      if (fault) return failOf(scenario, post, fault);
    }
    return { is: "pass" };
  },
};

function absentAnswer(reading: Reading, job: Job, otherwise: Outcome): Outcome {
  return job.post.exchange.response ? otherwise : absent(reading, otherwise);
}

function bodyFault(response: Job["post"]["exchange"]["response"]): Fault | null {
  if (response?.body === "") return { expected: "a JSON body", seen: "an empty body", on: "status" };
  const type = response && headerOf(response, "content-type");
  if (!isJsonType(type)) {
    return {
      expected: "content-type: application/json",
      seen: type ? `content-type: ${type}` : "no content type",
      on: "header:content-type",
    };
  }
  const json = jsonOf(response?.body);
  if (!isObject(json)) return { expected: "a JSON object", seen: bodyText(response?.body ?? "", 60), on: "body" };
  const id = fieldOf(json, "id");
  if (typeof id !== "string" || id === "") {
    return {
      expected: "id, a string that is not empty",
      seen: field("id", id),
      on: "body",
      ...(typeof id === "number" && idRemark),
    };
  }
  const state = fieldOf(json, "status");
  if (state === "processing") return null;
  return { expected: 'status "processing"', seen: field("status", state), on: "body" };
}

const idRemark = {
  remark: "A number is nearly right. As a string it may grow and change its form, and no client rounds it.",
};
