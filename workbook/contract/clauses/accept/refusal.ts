/** What the clauses on refused requests have in common. */
import { headerOf, isJsonType } from "../../http/headers.ts";
import { hasText, jsonIn } from "../../http/json.ts";
import type { Evidence, Outcome } from "../../model/clause.ts";
import { answered, bodyText } from "../../reading/server-words.ts";
import { clip } from "../../reading/clip.ts";
import type { Answer, Fault } from "../../reading/server.ts";
import { absent, isSuccess, jobIn, markOf, readingOf } from "../../reading/server.ts";

/** What is wrong with a refusal. It must be 400 or 422, JSON with some text, without Location. */
export function refusalFault({ exchange }: Answer, expected: string, sent: string): Fault | null {
  const { response, failure } = exchange;
  if (!response || failure || (response.status !== 400 && response.status !== 422)) {
    return { expected, seen: `${answered(exchange)} for ${clip(sent, 30)}`, on: "status" };
  }
  const type = headerOf(response, "content-type");
  const right = `${response.status} is right; `;
  if (!isJsonType(type)) {
    const seen = `${response.status} with ${type === null ? "no content type" : clip(type, 40)}`;
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
  return { expected: "no Location: there is no job", seen: `Location: ${clip(location, 50)}`, on: "header:location" };
}

export function noAnswer(sent: string): Outcome {
  return { is: "fail", expected: "an answer", seen: `none for ${clip(sent, 40)}` };
}

/** Fails when not even a valid order got a 2xx: then refusals say nothing. Null when one did. */
export function withoutValidPost(evidence: Evidence): Outcome | null {
  const reading = readingOf(evidence, "S1");
  const post = jobIn(reading, "A")?.post;
  if (post && isSuccess(post.exchange)) return null;
  const seen = post ? answered(post.exchange) : "nothing";
  const otherwise: Outcome = {
    is: "fail",
    expected: "a 2xx for a valid order",
    seen,
    mark: markOf("S1", post, "status"),
  };
  return {
    is: "blocked",
    blockedBy: "accept.status",
    otherwise: post?.exchange.response ? otherwise : absent(reading, otherwise),
  };
}
