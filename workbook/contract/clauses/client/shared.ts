/** What several clauses of a client have in common. */
import type { Evidence, Outcome } from "../../model/clause.ts";
import type { Bounds, Wait } from "../../reading/client-waits.ts";
import type { Play } from "../../reading/client.ts";
import { playOf } from "../../reading/client.ts";

export const scenarios = ["C-deadline", "C-deadline-polling"];

/** The part with polls counts from exercise 03 on, and only for a client that waits as it is told. */
export function judgesPolling(evidence: Evidence): boolean {
  return evidence.graded("client.waits") && evidence.passed("client.waits");
}

/** The two runs that end with a result. */
export const runs = ["C-returns-first-poll", "C-returns"];

export const absolute = "C-follows-absolute";

/** It polls where Location is a whole URL, and not here: whatever became of the URL, it was lost on the way. */
export function needsWholeUrl(evidence: Evidence, play: Play): boolean {
  return play.polls.length === 0 && !play.ended && playOf(evidence, absolute).polls.length > 0;
}

/** Who orders again in this run is named by client.never-reposts alone. */
export function unlessReposted(play: Play, outcome: Outcome): Outcome {
  if (outcome.is === "pass" || play.posts.length < 2) return outcome;
  return { is: "blocked", blockedBy: "client.never-reposts", otherwise: outcome };
}

/** Retry-After as ms. The scripts of these clauses say whole seconds. */
function toldMs(wait: Wait): number {
  return Number(wait.retryAfter) * 1_000;
}

export function early(wait: Wait): Bounds {
  return { fromMs: toldMs(wait) };
}

/** Twice the time, and a second: there is room for jitter. */
export function late(wait: Wait): Bounds {
  return { toMs: 2 * toldMs(wait) + 1_000 };
}
