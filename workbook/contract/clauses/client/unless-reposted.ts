/** One fault, one red clause, for a client that POSTs again. */
import type { Outcome } from "../../model/clause.ts";
import type { Reading } from "../../reading/client.ts";

/** A client that orders again in this run is judged by client.never-reposts alone. */
export function unlessReposted(reading: Reading, outcome: Outcome): Outcome {
  if (outcome.is === "pass" || reading.posts.length < 2) return outcome;
  return { is: "blocked", blockedBy: "client.never-reposts", otherwise: outcome };
}
