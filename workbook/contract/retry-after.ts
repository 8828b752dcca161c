/** When to ask again, and that no cache answers instead. */
import { epochMs } from "./epoch.ts";
import { parseHttpDate } from "./http-date.ts";
import { headerLines, headerOf } from "./read.ts";
import { absent, carriesId, failOf, isOver, jobIn, playOf, word } from "./server-read.ts";
import type { Answer, Fault, Play } from "./server-read.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, cut, seconds } from "./words.ts";

/** S1's answers of the job that say that it is not done: they carry the id, and are neither completed nor failed. */
function waiting(play: Play): Answer[] {
  const job = jobIn(play, "A");
  return (job?.reads ?? []).filter((answer) => {
    if (!carriesId(answer, job) || isOver(answer)) return false;
    // What is neither at a time when the work is done is a matter of status.completed.
    return answer.atMs < 10_000 || word(answer) === "processing";
  });
}

/** Judged only if a processing answer was seen. */
function whileWaiting(evidence: Evidence, check: (answers: readonly Answer[]) => Outcome): Outcome {
  const play = playOf(evidence, "S1");
  const answers = waiting(play);
  if (answers.length > 0) return check(answers);
  const otherwise: Outcome = { is: "fail", expected: "an answer while the work runs", seen: "none was seen" };
  return { is: "else", clause: "status.processing", otherwise: absent(play, otherwise) };
}

const present: Clause = {
  id: "retry-after.present",
  side: "server",
  level: "must",
  sentence: "every processing answer says with Retry-After when to ask again",
  why:
    "Only the server knows how long the work takes. Without a word from it each client makes up a pace: " +
    "a thousand clients that ask each second are a thousand requests a second that learn nothing.",
  source: "RFC 9110, section 10.2.3; on a 200 it is a convention (Azure, Microsoft Graph)",
  hints: [
    "Look at the headers of a status answer while the work runs.",
    "Retry-After belongs on each answer that says processing, not only on the first.",
    'if (job.status === "processing") c.header("Retry-After", "5");',
  ],
  needs: [],
  elses: ["status.processing"],
  yieldsTo: [],
  scenarios: ["S1"],
  check: (evidence) =>
    whileWaiting(evidence, (answers) => {
      const without = answers.find(
        ({ exchange }) => exchange.response && headerOf(exchange.response, "retry-after") === null,
      );
      if (!without) return { is: "pass" };
      const names = without.exchange.response?.headers.map(([name]) => name) ?? [];
      const near = names.find((name) => /retry|poll/i.test(name));
      const seen = near ? `${near}, and no Retry-After` : `none on the answer at ${seconds(without.atMs)}`;
      return failOf("S1", without, { expected: "a Retry-After header on every processing answer", seen, on: "status" });
    }),
};

const valid: Clause = {
  id: "retry-after.valid",
  side: "server",
  level: "must",
  sentence: "its value is a whole number of seconds, or an HTTP-date",
  why: "parseInt forgives 5s, other clients do not, and then they wait for ever or not at all.",
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

const useful: Clause = {
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
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const answers = waiting(playOf(evidence, "S1"));
    const off = answers.map((answer) => ({ answer, seen: notUseful(evidence, answer) }));
    const wrong = off.filter(({ seen }) => seen !== null);
    const [first] = wrong;
    // Of a running server with dates one right answer of three is enough: its clock is not ours.
    const dates = answers.every((answer) => dateOf(answer) !== null);
    if (!first?.seen || (evidence.world.clock === "real" && dates && wrong.length < answers.length))
      return { is: "pass" };
    return failOf("S1", first.answer, {
      expected: "from 1 to 60 seconds",
      seen: first.seen,
      on: "header:retry-after",
      ...usefulRemark(first.seen),
    });
  },
};

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
  if (date === null) return null;
  if (evidence.world.clock === "virtual") {
    const inTime = epochMs + sentMs < date && date <= epochMs + (doneMs ?? sentMs) + 61_000;
    return inTime ? null : `${seen}, ${date <= epochMs + sentMs ? "which is past" : "which is too late"}`;
  }
  const own = parseHttpDate((response && headerOf(response, "date")) ?? "");
  return own === null || (date - own >= 1_000 && date - own <= 61_000) ? null : seen;
}

function usefulRemark(seen: string): { remark?: string } {
  const number = Number(/Retry-After: (\d+) /.exec(seen)?.[1] ?? 1);
  if (number === 0) return { remark: "0 is legal, and makes a hot loop of every client that obeys." };
  if (number >= 1_000) return { remark: "The unit is seconds. Are these milliseconds?" };
  return {};
}

const onlyWaiting: Clause = {
  id: "retry-after.only-waiting",
  side: "server",
  level: "should",
  sentence: "completed and failed answers have no Retry-After",
  why: "It asks to come back. Whoever obeys polls on, though there is nothing more to come.",
  source: "a convention: RFC 9110, section 10.2.3 gives it for a follow-up request, and here none is wanted",
  hints: [
    "Does a completed answer still say when to ask again?",
    "Set the header only where the status is processing.",
  ],
  needs: ["status.completed"],
  yieldsTo: [],
  scenarios: ["S1", "S6a"],
  check(evidence) {
    for (const scenario of ["S1", "S6a"]) {
      for (const { reads } of playOf(evidence, scenario).jobs) {
        for (const answer of reads.filter(isOver)) {
          const value = answer.exchange.response && headerOf(answer.exchange.response, "retry-after");
          if (value === null || value === undefined) continue;
          const seen = `Retry-After: ${cut(value, 40)} on a ${word(answer)} answer`;
          return failOf(scenario, answer, {
            expected: "no Retry-After once it is over",
            seen,
            on: "header:retry-after",
          });
        }
      }
    }
    return { is: "pass" };
  },
};

const onAccept: Clause = {
  id: "retry-after.on-accept",
  side: "server",
  level: "should",
  sentence: "the 202 has it too, so that the first poll is timed as well",
  why: "Without it the first poll is a guess. Too early, and it learns nothing; and every order makes one.",
  source:
    "a convention: 202 with Location and Retry-After (Azure Architecture Center). Real: polled too early, given up (azure-sdk-for-net #44147)",
  hints: ["Look at the headers of the 202.", 'return c.json(job, 202, { Location: …, "Retry-After": "5" });'],
  needs: ["accept.status"],
  yieldsTo: ["retry-after.present"],
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const post = jobIn(play, "A")?.post;
    if (!post?.exchange.response) return absent(play, { is: "pass" });
    if (headerOf(post.exchange.response, "retry-after") !== null) return { is: "pass" };
    return failOf("S1", post, {
      expected: "Retry-After on the 202",
      seen: `${answered(post.exchange)} without it`,
      on: "status",
    });
  },
};

const noStale: Clause = {
  id: "cache.no-stale",
  side: "server",
  level: "should",
  sentence: "a processing answer forbids its reuse, with Cache-Control",
  why:
    "A plain 200 may be kept by any cache on the way, by a rule of thumb of its own. " +
    "Then a client polls the cache, and is told processing long after the report is there.",
  source: "RFC 9110, section 15.1; RFC 9111, section 4.2.2: a 200 is heuristically cacheable",
  hints: ["What keeps a cache from answering the next poll?", 'c.header("Cache-Control", "no-store")'],
  needs: [],
  elses: ["status.processing"],
  yieldsTo: [],
  scenarios: ["S1"],
  check: (evidence) =>
    whileWaiting(evidence, (answers) => {
      const stale = answers.find(
        ({ exchange }) => exchange.response && !forbidsReuse(headerOf(exchange.response, "cache-control")),
      );
      if (!stale) return { is: "pass" };
      const value = stale.exchange.response && headerOf(stale.exchange.response, "cache-control");
      const seen = value === null ? `no Cache-Control at ${seconds(stale.atMs)}` : `Cache-Control: ${cut(value, 50)}`;
      const on = value === null ? "status" : "header:cache-control";
      return failOf("S1", stale, { expected: "Cache-Control: no-store", seen, on });
    }),
};

function forbidsReuse(value: string | null): boolean {
  const directives = (value ?? "")
    .toLowerCase()
    .split(",")
    .map((one) =>
      one
        .trim()
        .replace(/\s*=\s*/, "=")
        .replaceAll('"', ""),
    );
  return directives.some((one) => one === "no-store" || one === "no-cache" || one === "max-age=0");
}

export const retryAfter: readonly Clause[] = [present, valid, useful, onlyWaiting, onAccept, noStale];
