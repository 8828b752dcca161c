/** retry-after.valid and retry-after.useful: what the header says. */
import { epochMs } from "./epoch.ts";
import { parseHttpDate } from "./http-date.ts";
import { headerLines, headerOf } from "./read.ts";
import { failOf, jobIn, playOf } from "./server-read.ts";
import type { Answer, Fault } from "./server-read.ts";
import type { Clause, Evidence } from "./types.ts";
import { waiting } from "./waiting.ts";
import { cut, seconds } from "./words.ts";

export const retryAfterValid: Clause = {
  id: "retry-after.valid",
  side: "server",
  level: "must",
  sentence: "its value is a whole number of seconds, or an HTTP-date",
  why: "A client that reads it with parseInt forgives 5s. Others do not, and then they wait for ever or not at all.",
  source: "RFC 9110, sections 10.2.3 (delay-seconds or HTTP-date) and 5.6.7 (IMF-fixdate)",
  hints: [
    "What stands in the header, letter for letter?",
    "Digits only, no unit, no fraction, no sign; once. Or a date as new Date(…).toUTCString() writes it.",
    'c.header("Retry-After", String(Math.ceil(msLeft / 1000)))',
  ],
  needs: ["retry-after.present"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const post = jobIn(play, "A")?.post;
    for (const answer of post ? [post, ...waiting(play)] : waiting(play)) {
      const fault = valueFault(answer);
      if (fault) return failOf("S1", answer, fault);
    }
    return { is: "pass" };
  },
};

function valueFault({ exchange }: Answer): Fault | null {
  const lines = exchange.response ? headerLines(exchange.response, "retry-after") : [];
  const [value] = lines;
  if (value === undefined) return null;
  const on = "header:retry-after" as const;
  const expected = "Retry-After: 5, or Retry-After: Tue, 24 Nov 2026 14:02:11 GMT";
  if (lines.length > 1) return { expected, seen: `${lines.length} lines: ${cut(lines.join(" and "), 50)}`, on };
  if (/^[0-9]+$/.test(value) || parseHttpDate(value) !== null) return null;
  return {
    expected,
    seen: value.trim() === "" ? "Retry-After without a value" : `Retry-After: ${cut(value, 60)}`,
    on,
    ...valueRemark(value),
  };
}

function valueRemark(value: string): { remark?: string } {
  if (/^[0-9]+\s*(s|sec|seconds)$/i.test(value))
    return { remark: "The number is right; the unit is left out, it is always seconds." };
  if (/^[0-9]+\s*ms$/i.test(value)) return { remark: "Retry-After knows no unit; it is always whole seconds." };
  if (/^[0-9]+\.[0-9]+$/.test(value)) return { remark: "Only whole seconds; round up." };
  if (/^[A-Z][a-z]{2}, /.test(value))
    return { remark: "Nearly: such a date must exist, with its right weekday, and end in GMT." };
  if (/^\d{4}-\d\d-\d\d/.test(value))
    return { remark: "A date in a header has a form of its own: new Date(…).toUTCString()." };
  return {};
}

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
    // Of a running server with dates one right answer of three is enough: its clock is not ours.
    const dates = answers.every(({ answer }) => dateOf(answer) !== null);
    if (!first?.seen || (evidence.world.clock === "real" && dates && wrong.length < answers.length))
      return { is: "pass" };
    return failOf(first.scenario, first.answer, {
      expected: "from 1 to 60 seconds",
      seen: first.seen,
      on: "header:retry-after",
      ...usefulRemark(first.seen),
    });
  },
};

/**
 * The answers that name a time: S1's 202 and polls, and the polls of S3, which come up to the last moment of the work,
 * where a time left that is rounded down is 0. Those are left out if polls disturb the work itself (status.safe).
 */
function timed(evidence: Evidence): { scenario: string; answer: Answer }[] {
  const plays = evidence.passed("status.safe") ? ["S1", "S3"] : ["S1"];
  return plays.flatMap((scenario) => {
    const play = playOf(evidence, scenario);
    const post = scenario === "S1" ? jobIn(play, "A")?.post : undefined;
    const answers = post ? [post, ...waiting(play)] : waiting(play);
    return answers.filter(hasValue).map((answer) => ({ scenario, answer }));
  });
}

function hasValue({ exchange }: Answer): boolean {
  return exchange.response !== null && headerLines(exchange.response, "retry-after").length > 0;
}

function dateOf({ exchange }: Answer): number | null {
  return exchange.response && parseHttpDate(headerOf(exchange.response, "retry-after") ?? "");
}

/** What is wrong with the time that is named; null when nothing is. */
function notUseful(evidence: Evidence, answer: Answer): string | null {
  const { response, sentMs, doneMs } = answer.exchange;
  const value = (response && headerOf(response, "retry-after")) ?? "";
  const seen = `Retry-After: ${cut(value, 40)} at ${seconds(answer.atMs)}`;
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

function usefulRemark(seen: string): { remark?: string } {
  const number = Number(/Retry-After: (\d+) /.exec(seen)?.[1] ?? 1);
  if (number === 0) return { remark: "0 is legal, and makes a hot loop of every client that obeys." };
  if (number >= 1_000 && number % 60 !== 0) return { remark: "The unit is seconds. Are these milliseconds?" };
  return {};
}
