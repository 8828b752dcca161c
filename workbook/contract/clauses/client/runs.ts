/** Runs that several clauses of a client look at. */
import type { Evidence } from "../../model/clause.ts";
import { readingOf } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";

/** The two runs that end with a result. */
export const resultRuns = ["C-returns-first-poll", "C-returns"];

/** The run in which Location is a whole URL. */
export const absoluteRun = "C-follows-absolute";

/** It polls where Location is a whole URL, and not here: it does not resolve a relative one. */
export function needsWholeUrl(evidence: Evidence, reading: Reading): boolean {
  return reading.polls.length === 0 && !reading.ended && readingOf(evidence, absoluteRun).polls.length > 0;
}
