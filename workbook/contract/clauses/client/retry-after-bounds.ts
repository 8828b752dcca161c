/** What Retry-After allows for a wait. */
import type { Bounds, Wait } from "../../reading/client-waits.ts";

/** Retry-After as ms. The scripts of these clauses use whole seconds. */
function retryAfterMs(wait: Wait): number {
  return Number(wait.retryAfter) * 1_000;
}

/** Not before the time is over. */
export function atLeastRetryAfter(wait: Wait): Bounds {
  return { fromMs: retryAfterMs(wait) };
}

/** At most twice the time and a second: room for jitter. */
export function atMostTwiceRetryAfter(wait: Wait): Bounds {
  return { toMs: 2 * retryAfterMs(wait) + 1_000 };
}
