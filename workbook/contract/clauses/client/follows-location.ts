import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import { ending, sentAt } from "../../reading/client-words.ts";
import { clip } from "../../reading/clip.ts";
import {
  absent,
  answerHeader,
  hasInvalidUrl,
  markOf,
  orders,
  readingOf,
  statusUrl,
  strayPoll,
} from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { absoluteRun, needsWholeUrl, resultRuns } from "./runs.ts";

const forms = [absoluteRun, "C-follows-query", "C-follows-relative"];

export const clientFollowsLocation: Clause = {
  id: "client.follows-location",
  side: "client",
  level: "must",
  sentence: "it polls where Location says and builds no URL from the id",
  why:
    "Only the server knows its addresses. A client that builds them breaks on the day that they change, or when the " +
    "status lives on another path.",
  source:
    "RFC 9110, section 10.2.2: a relative Location is resolved against the request's URL; that a 202 has one is a " +
    "strong convention (OCI distribution-spec: clients should not assemble it)",
  decided:
    "In five runs Location is `/reports/{id}` (twice), an absolute URL, a path with a query, and the relative " +
    "`jobs/77`. Each run has a poll, and every poll has the path and query of Location; the host isn't compared. " +
    "Rejecting because a URL can't be parsed fails. How the call ends otherwise isn't judged here.",
  hints: [
    "Where do your polls get their URL from?",
    "Location may be absolute, a path, or relative; the URL of the POST is its base. The id plays no part.",
    'const status = new URL(response.headers.get("Location"), response.url);',
  ],
  needs: [],
  mayBeBlockedBy: ["client.posts-once", "client.returns"],
  yieldsTo: [],
  scenarios: [...forms, ...resultRuns],
  check(evidence) {
    const readings = [...forms, ...resultRuns].map((name) => readingOf(evidence, name));
    const found = readings.map(wrongWay).find((outcome) => outcome !== null);
    const idle = readings.find((reading) => reading.polls.length === 0);
    const outcome = found ?? (idle ? noPoll(evidence, idle) : { is: "pass" });
    if (!readings.every((reading) => orders(reading).length > 0)) {
      return { is: "blocked", blockedBy: "client.posts-once", otherwise: outcome };
    }
    return outcome;
  },
};

const relative = "A relative Location needs a base: the URL that was POSTed to.";

function wrongWay(reading: Reading): Outcome | null {
  const status = statusUrl(reading);
  if (!status) return null;
  const expected = `GET ${status.pathname}${status.search}, where Location leads`;
  const stray = strayPoll(reading);
  if (stray) return { is: "fail", expected, seen: sentAt(stray), mark: markOf(reading, stray) };
  if (!hasInvalidUrl(reading)) return null;
  const header = (reading.posts[0] && answerHeader(reading.posts[0], "location")) ?? "";
  const seen = `no URL could be made of Location: ${clip(header, 40)}`;
  const remark = /^https?:/.test(header) ? "That is a whole URL: nothing belongs before it." : relative;
  return { is: "fail", expected, seen, remark, mark: markOf(reading, reading.settled) };
}

/** A client that never polls is judged by client.returns, unless it only polls where Location is a whole URL. */
function noPoll(evidence: Evidence, reading: Reading): Outcome {
  const status = statusUrl(reading);
  const expected = status
    ? `GET ${status.pathname}${status.search}, where Location leads`
    : "a GET where Location leads";
  const outcome: Outcome = {
    is: "fail",
    expected,
    seen: `no poll; ${ending(reading)}`,
    mark: markOf(reading, reading.settled),
  };
  if (needsWholeUrl(evidence, reading)) return { ...outcome, remark: relative };
  return { is: "blocked", blockedBy: "client.returns", otherwise: absent(reading, outcome) };
}
