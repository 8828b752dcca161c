import type { Clause, Evidence, Outcome } from "../../model/clause.ts";
import type { Bounds } from "../../reading/client-waits.ts";
import { judgeWait, waitAfter } from "../../reading/client-waits.ts";
import { ending } from "../../reading/client-words.ts";
import type { Reading, Sent } from "../../reading/client.ts";
import { absent, isCutOff, markOf, readingOf } from "../../reading/client.ts";

/** The trouble in each scenario, and the wait that may follow it. */
const troubles: readonly { scenario: string; isIt: (sent: Sent) => boolean; bounds: Bounds }[] = [
  { scenario: "C-503", isIt: hasStatus(503), bounds: { fromMs: 3_000, toMs: 7_000 } },
  { scenario: "C-429", isIt: hasStatus(429), bounds: { fromMs: 1_000, toMs: 30_000 } },
  { scenario: "C-cut", isIt: ({ exchange }) => isCutOff(exchange), bounds: { fromMs: 0, toMs: 30_000 } },
];

function hasStatus(status: number): (sent: Sent) => boolean {
  return ({ exchange }) => exchange.response?.status === status;
}

export const clientPatient: Clause = {
  id: "client.patient",
  side: "client",
  level: "should",
  sentence: "a poll answered 503 or 429, or cut off: it waits and asks again, and not for ever",
  why:
    "A busy minute of the status resource says nothing about the job. A client that gives up at the first 503 loses " +
    "a report that is being made; one that asks again at once makes the server busier.",
  source: "RFC 9110, sections 15.6.4 (503) and 10.2.3 (Retry-After); RFC 6585, section 4 (429)",
  decided:
    "The next request comes 3 to 7 s after a 503 with Retry-After 3, 1 to 30 s after a 429 without it, and 0 to 30 " +
    "s after a cut connection. With nothing but 503 and `timeoutMs: 600000`, the call settles by 600.5 s (not " +
    "judged for programs). What it settles with isn't judged here.",
  hints: [
    "One poll is answered 503. Is the job dead?",
    "503, 429 and a broken connection pass: wait as Retry-After says, or your default, and ask again, until the deadline.",
    "if (response.status === 503 || response.status === 429) { await wait(retryAfterMs(response.headers)); continue; }",
  ],
  needs: ["client.default-wait", "client.never-reposts"],
  mayBeBlockedBy: ["client.deadline"],
  // A client that retries after every error also polls what is gone; one that ignores errors ignores its deadline too.
  yieldsTo: ["client.deadline", "client.gone"],
  scenarios: ["C-503", "C-429", "C-cut", "C-503-forever"],
  check(evidence) {
    for (const { scenario, isIt, bounds } of troubles) {
      const outcome = asksAgain(evidence, readingOf(evidence, scenario), isIt, bounds);
      if (outcome.is !== "pass") return outcome;
    }
    // A command has no timeoutMs, so it may try as long as it likes.
    if (evidence.world.clock === "real") return { is: "pass" };
    const outcome = givesUpInTime(readingOf(evidence, "C-503-forever"));
    return outcome.is === "pass" ? outcome : { is: "blocked", blockedBy: "client.deadline", otherwise: outcome };
  },
};

function asksAgain(evidence: Evidence, reading: Reading, isIt: (sent: Sent) => boolean, bounds: Bounds): Outcome {
  const trouble = reading.before.find(isIt);
  const wait = trouble && waitAfter(reading, trouble);
  if (wait) return judgeWait(evidence, reading, wait, bounds);
  const expected = "it polls until the job is done";
  return absent(reading, { is: "fail", expected, seen: ending(reading), mark: markOf(reading, reading.settled) });
}

function givesUpInTime(reading: Reading): Outcome {
  const { settled } = reading;
  if (settled && settled.atMs <= 600_500) return { is: "pass" };
  const outcome: Outcome = {
    is: "fail",
    expected: "it settles by 600.5 s: timeoutMs is 600000",
    seen: ending(reading),
    mark: markOf(reading, settled),
  };
  return settled ? outcome : absent(reading, outcome);
}
