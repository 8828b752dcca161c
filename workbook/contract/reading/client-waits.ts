/** A client's waits: from the last byte of a processing answer to the next request. */
import { absent, answerHeader, markOf, slackMs, statusOf } from "./client.ts";
import type { Reading, Sent } from "./client.ts";
import { ending, seconds, sentAt } from "./client-words.ts";
import type { Evidence, Outcome } from "../model/clause.ts";

export interface Wait {
  readonly answer: Sent;
  /** When the answer's last byte arrived, ms. */
  readonly doneMs: number;
  /** The next request, if there was one before it settled. */
  readonly next: Sent | undefined;
  /** The answer's Retry-After; null when there is none. */
  readonly retryAfter: string | null;
}

/** How long a wait may be, ms. */
export interface Bounds {
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** The waits after processing answers, in order. The 202 is not one: the first poll may come at once. */
export function waitsOf(reading: Reading): Wait[] {
  const answers = reading.before.filter((sent) => sent.exchange.label !== "post" && statusOf(sent) === "processing");
  return answers.flatMap((sent) => waitAfter(reading, sent) ?? []);
}

/** The wait after this answer; undefined when the answer never came. */
export function waitAfter(reading: Reading, answer: Sent): Wait | undefined {
  const { doneMs } = answer;
  if (doneMs === null) return undefined;
  const index = reading.before.indexOf(answer);
  const next = reading.before.find((sent, i) => i > index && sent.sentMs >= doneMs);
  return { answer, doneMs, next, retryAfter: answerHeader(answer, "retry-after") };
}

/**
 * Compares each wait with its bounds; the first that is wrong fails.
 * @param remark advice for a wait that is too short or too long
 */
export function judgeWaits(
  evidence: Evidence,
  reading: Reading,
  boundsOf: (wait: Wait) => Bounds,
  remark?: (wait: Wait) => string | null,
): Outcome {
  const waits = waitsOf(reading);
  if (waits.length === 0) {
    const expected = "a poll after the 202";
    return absent(reading, { is: "fail", expected, seen: ending(reading), mark: markOf(reading, reading.settled) });
  }
  for (const wait of waits) {
    const outcome = judgeWait(evidence, reading, wait, boundsOf(wait));
    if (outcome.is === "pass") continue;
    const said = outcome.is === "fail" ? remark?.(wait) : null;
    return said && outcome.is === "fail" ? { ...outcome, remark: said } : outcome;
  }
  return { is: "pass" };
}

/** Compares one wait with its bounds. With `toMs` there must be a next request. */
export function judgeWait(evidence: Evidence, reading: Reading, wait: Wait, { fromMs = 0, toMs }: Bounds): Outcome {
  const { answer, doneMs, next, retryAfter } = wait;
  const said =
    retryAfter !== null ? `Retry-After: ${retryAfter}` : answer.exchange.response ? "no Retry-After" : "cut off";
  const earliest = doneMs + fromMs;
  if (next && next.sentMs < earliest - slackMs(evidence)) {
    const seen = `${sentAt(next)}, ${seconds(earliest - next.sentMs)} too early`;
    return {
      is: "fail",
      expected: `no request before ${seconds(earliest)} (${said})`,
      seen,
      mark: markOf(reading, next),
    };
  }
  if (toMs === undefined) return { is: "pass" };
  const latest = doneMs + toMs;
  const expected = `a request by ${seconds(latest)} (${said})`;
  if (!next)
    return absent(reading, {
      is: "fail",
      expected,
      seen: `none; ${ending(reading)}`,
      mark: markOf(reading, reading.settled),
    });
  if (next.sentMs <= latest + slackMs(evidence)) return { is: "pass" };
  const seen = `${sentAt(next)}, ${seconds(next.sentMs - latest)} too late`;
  return { is: "fail", expected, seen, mark: markOf(reading, next) };
}
