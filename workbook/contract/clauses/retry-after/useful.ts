import { headerLines, headerOf } from "../../http/headers.ts";
import { parseHttpDate } from "../../http/http-date.ts";
import type { Clause, Evidence } from "../../model/clause.ts";
import { epochMs } from "../../model/epoch.ts";
import { seconds } from "../../reading/server-words.ts";
import { clip } from "../../reading/clip.ts";
import { failOf, jobIn, readingOf } from "../../reading/server.ts";
import type { Answer } from "../../reading/server.ts";
import { waiting } from "../../reading/waiting.ts";

export const retryAfterUseful: Clause = {
  id: "retry-after.useful",
  side: "server",
  level: "must",
  sentence: "it is at least 1 s and at most 60 s for this work: neither a hot loop nor a nap",
  why:
    "A 0 makes an obedient client ask without a pause, in the very second in which the server is busiest. " +
    "An hour makes it sleep long after a five-second report is there.",
  source:
    "a convention; RFC 9110, section 10.2.3 allows 0. Real: a 3600 put callers to sleep for an hour (urllib3 #1338)",
  decided:
    "Each Retry-After on the 202 and while a full report runs, also when polled four times a second, is 1 to 60. A " +
    "date lies after the request was sent and at most 61 s after the response came. At a URL a date is compared " +
    "with the response's Date instead (1 to 61 s; not judged without one), and if all are dates one right one is " +
    "enough.",
  hints: [
    "Write down the value at each poll, up to the end of the work. Is it ever 0?",
    "Seconds, not milliseconds; and round the time left up, never down.",
    "Math.max(1, Math.ceil((dueAt - Date.now()) / 1000))",
  ],
  needs: ["retry-after.valid"],
  partNeeds: ["status.safe"],
  yieldsTo: [],
  scenarios: ["S1", "S3"],
  check(evidence) {
    const answers = timed(evidence);
    const off = answers.map((one) => ({ ...one, seen: notUseful(evidence, one.answer) }));
    const wrong = off.filter(({ seen }) => seen !== null);
    const [first] = wrong;
    // A running server that sends dates has a clock of its own, so one right answer is enough.
    const dates = answers.every(({ answer }) => dateOf(answer) !== null);
    if (!first?.seen || (evidence.world.clock === "real" && dates && wrong.length < answers.length))
      return { is: "pass" };
    return failOf(first.scenario, first.answer, {
      expected: "from 1 to 60 seconds",
      seen: first.seen,
      on: "header:retry-after",
      ...usefulRemark(valueOf(first.answer)),
    });
  },
};

/**
 * The answers with a Retry-After: S1's 202 and polls, and the polls of S3. Those come up to the end of the work, so they
 * show a remaining time that is rounded down to 0. They are left out if polls disturb the work itself (status.safe).
 */
function timed(evidence: Evidence): { scenario: string; answer: Answer }[] {
  const readings = evidence.passed("status.safe") ? ["S1", "S3"] : ["S1"];
  return readings.flatMap((scenario) => {
    const reading = readingOf(evidence, scenario);
    const post = scenario === "S1" ? jobIn(reading, "A")?.post : undefined;
    const answers = post ? [post, ...waiting(reading)] : waiting(reading);
    return answers.filter(hasValue).map((answer) => ({ scenario, answer }));
  });
}

function hasValue({ exchange }: Answer): boolean {
  return exchange.response !== null && headerLines(exchange.response, "retry-after").length > 0;
}

/** The header's value; "" when there is none. */
function valueOf({ exchange: { response } }: Answer): string {
  return (response && headerOf(response, "retry-after")) ?? "";
}

function dateOf(answer: Answer): number | null {
  return parseHttpDate(valueOf(answer));
}

/** The header as seen, when its time is not useful; null when it is. */
function notUseful(evidence: Evidence, answer: Answer): string | null {
  const { response, sentMs, doneMs } = answer.exchange;
  const value = valueOf(answer);
  const seen = `Retry-After: ${clip(value, 40)} at ${seconds(answer.atMs)}`;
  if (/^[0-9]+$/.test(value)) return Number(value) >= 1 && Number(value) <= 60 ? null : seen;
  const date = parseHttpDate(value);
  if (date === null) return seen;
  if (evidence.world.clock === "virtual") {
    const inTime = epochMs + sentMs < date && date <= epochMs + (doneMs ?? sentMs) + 61_000;
    return inTime ? null : `${seen}, ${date <= epochMs + sentMs ? "which is past" : "which is too late"}`;
  }
  const own = parseHttpDate((response && headerOf(response, "date")) ?? "");
  if (own === null || (date - own >= 1_000 && date - own <= 61_000)) return null;
  const off = date >= own ? `${seconds(date - own)} after` : `${seconds(own - date)} before`;
  return `${seen}, ${off} the answer's Date`;
}

function usefulRemark(value: string): { remark?: string } {
  const number = Number(/^\s*(\d{1,40})(?:\s|$)/.exec(value)?.[1] ?? 1);
  if (number === 0) return { remark: "0 is legal, and makes a hot loop of every client that obeys." };
  if (number >= 1_000 && number % 60 !== 0) return { remark: "The unit is seconds. Are these milliseconds?" };
  return {};
}
