import { headerOf, isJsonType } from "../../http/headers.ts";
import { isObject, jsonOf, sameJson } from "../../http/json.ts";
import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { ending, named, sentAt } from "../../reading/client-words.ts";
import { clip } from "../../reading/clip.ts";
import { absent, markOf, orders, readingOf } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { jobOf } from "../../scenarios/client/job.ts";
import { resultRuns } from "./runs.ts";

export const clientPostsOnce: Clause = {
  id: "client.posts-once",
  side: "client",
  level: "must",
  sentence: "it sends exactly one POST to /reports, with the params as JSON and a JSON content type",
  why:
    "Each POST starts a job: send two, and you pay for two reports. And a server that is not told that the body is " +
    "JSON may refuse it, or read it as plain text.",
  source: "RFC 9110, sections 9.3.3 (POST), 9.2.2 (it is not idempotent) and 8.3 (Content-Type)",
  decided:
    "In runs that go well, the call sends one POST and no second one to any path. It goes to `/reports`, with a " +
    "JSON content type and a JSON object that has every param at its top level. Other fields in it are free, and " +
    "HEAD and OPTIONS requests don't count.",
  hints: [
    "Look at the first request on the wire: its method, its content type, its body.",
    "The body is the params themselves as JSON, not wrapped in anything; fetch sets no JSON content type by itself.",
    '{ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(params) }',
  ],
  needs: [],
  yieldsTo: [],
  scenarios: ["C-immediate", ...resultRuns],
  check(evidence) {
    for (const name of evidence.graded("client.returns") ? resultRuns : ["C-immediate"]) {
      const outcome = checkOrder(evidence, readingOf(evidence, name));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function checkOrder(evidence: Evidence, reading: Reading): Outcome {
  const [first, second] = reading.posts;
  if (!first) {
    const [poll] = reading.polls;
    const seen = poll ? `no POST, but ${sentAt(poll)}` : `no request; ${ending(reading)}`;
    return absent(reading, {
      is: "fail",
      expected: "one POST to /reports",
      seen,
      mark: markOf(reading, poll ?? reading.settled),
    });
  }
  const mark = markOf(reading, first);
  if (orders(reading)[0] !== first) return { is: "fail", expected: "POST /reports", seen: named(first), mark };
  if (second) {
    return { is: "fail", expected: "one POST", seen: `a second one: ${sentAt(second)}`, mark: markOf(reading, second) };
  }
  const { request } = first.exchange;
  const type = headerOf(request, "content-type");
  if (!isJsonType(type)) {
    const seen = type === null ? "no Content-Type" : `Content-Type: ${clip(type, 50)}`;
    return { is: "fail", expected: "Content-Type: application/json", seen, mark };
  }
  const { params } = jobOf(evidence.world, reading.scenario);
  const body = jsonOf(request.body);
  if (isObject(body) && Object.entries(params).every(([key, value]) => sameJson(body[key], value)))
    return { is: "pass" };
  return {
    is: "fail",
    expected: `a body with ${JSON.stringify(params)}`,
    seen: request.body ? `the body ${clip(request.body, 60)}` : "no body",
    ...(wraps(body, params)
      ? { remark: "The params are there, but wrapped: the server looks for them at the top." }
      : {}),
    mark,
  };
}

/** True if some value of the body is the params. */
function wraps(body: unknown, params: Readonly<Record<string, unknown>>): boolean {
  return isObject(body) && Object.values(body).some((value) => sameJson(value, params));
}
