/** Clauses on Retry-After in seconds: not early, not late, and always the latest. */
import { playOf } from "./client-read.ts";
import { judgeWaits } from "./client-wait.ts";
import type { Bounds, Wait } from "./client-wait.ts";
import type { Clause } from "./types.ts";

/** Retry-After as ms. The scripts of these clauses say whole seconds. */
function toldMs(wait: Wait): number {
  return Number(wait.retryAfter) * 1_000;
}

function early(wait: Wait): Bounds {
  return { fromMs: toldMs(wait) };
}

/** Twice the time, and a second: there is room for jitter. */
function late(wait: Wait): Bounds {
  return { toMs: 2 * toldMs(wait) + 1_000 };
}

function remarkOnEarly({ answer, doneMs, next, retryAfter }: Wait): string | null {
  if (!next || retryAfter === null) return null;
  const told = Number(retryAfter);
  if (Math.abs(next.sentMs - answer.sentMs - told * 1_000) <= 10) {
    return "The time is right, counted from the request; it counts from the answer.";
  }
  const gap = next.sentMs - doneMs;
  if (gap > told + 2) return null;
  return gap >= told - 1
    ? "Retry-After is in seconds; it was taken for milliseconds."
    : "That is no wait at all. Is it awaited (setTimeout gives no promise), and is its time a number (NaN is 1 ms)?";
}

function remarkOnLate({ doneMs, next, retryAfter }: Wait): string | null {
  const told = Number(retryAfter) * 60_000;
  return next && next.sentMs - doneMs >= told ? "Retry-After is in seconds; it was taken for minutes." : null;
}

export const waits: Clause = {
  id: "client.waits",
  side: "client",
  level: "must",
  sentence: "after a processing answer it sends nothing for at least Retry-After",
  why:
    "The server says when asking is worth it. A thousand clients that ask seven times as often send six thousand " +
    "requests in seven seconds that learn nothing new.",
  source: "RFC 9110, section 10.2.3 (Retry-After: seconds, counted from receiving the answer)",
  hints: [
    "How long is the wait between a processing answer and your next poll, and who decides it?",
    "Retry-After is in seconds, timers are in milliseconds, and the wait begins when the answer is there.",
    'await wait(Number(response.headers.get("Retry-After")) * 1000) before the next poll, each time. It is a first ' +
      "step: the lesson's table says what it makes of other values.",
  ],
  needs: ["client.returns"],
  yieldsTo: [],
  scenarios: ["C-waits"],
  check: (evidence) => judgeWaits(evidence, playOf(evidence, "C-waits"), early, remarkOnEarly),
};

export const notLate: Clause = {
  id: "client.not-late",
  side: "client",
  level: "must",
  sentence: "and it polls within twice that time plus 1 s",
  why: "The report is ready and nobody fetches it: the caller waits for nothing. A little jitter is welcome, a nap is not.",
  source: "RFC 9110, section 10.2.3; the limit of twice the time, plus a second, is this workbook's",
  hints: [
    "Which of your waits is longer than the server asked for?",
    "Wait what Retry-After says, or a little more; don't multiply it, and don't double it from poll to poll.",
    "const ms = seconds * 1000 * (1 + Math.random() * 0.2); // jitter, well within the limit",
  ],
  needs: ["client.waits"],
  yieldsTo: [],
  scenarios: ["C-waits"],
  check: (evidence) => judgeWaits(evidence, playOf(evidence, "C-waits"), late, remarkOnLate),
};

export const adapts: Clause = {
  id: "client.adapts",
  side: "client",
  level: "must",
  sentence: "each wait obeys the latest answer",
  why:
    "The server changes its mind: busy now, nearly done later. A client that keeps the first Retry-After for good " +
    "asks too often or too late.",
  source: "RFC 9110, section 10.2.3; the same fault: Azure/azure-sdk-for-java, PR 11809",
  hints: [
    "Where do you read Retry-After: once, or after each answer?",
    "Read it inside the loop, from the answer that has just come.",
    "while (true) { const response = await fetch(…); … await wait(retryAfterMs(response.headers)); }",
  ],
  needs: ["client.not-late"],
  yieldsTo: [],
  scenarios: ["C-adapts"],
  check: (evidence) =>
    judgeWaits(evidence, playOf(evidence, "C-adapts"), (wait) => ({ ...early(wait), ...late(wait) })),
};
